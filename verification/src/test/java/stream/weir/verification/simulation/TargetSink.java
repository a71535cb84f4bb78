package stream.weir.verification.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import stream.weir.api.codec.Bytes;
import stream.weir.api.sink.Sink;
import stream.weir.api.sink.SinkContext;
import stream.weir.api.sink.SinkWriter;

/** Writes to a {@link Target} in two phases. */
record TargetSink(Target target, Faults faults) implements Sink<Result> {
    @Override
    public SinkWriter<Result> open(SinkContext context) {
        Set<String> restored = context.restored().stream().map(TargetSink::text).collect(Collectors.toSet());
        target.drop(transaction -> runOf(transaction) < context.run() && !restored.contains(transaction));
        return new Writer(context.run() + "/" + context.replica());
    }

    static long runOf(String transaction) {
        return Long.parseLong(transaction.substring(0, transaction.indexOf('/')));
    }

    static long checkpointOf(String transaction) {
        return Long.parseLong(transaction.substring(transaction.lastIndexOf('/') + 1));
    }

    static String text(Bytes transaction) {
        return new String(transaction.toByteArray(), StandardCharsets.UTF_8);
    }

    private final class Writer implements SinkWriter<Result> {
        private final String name;
        private List<Result> rows = new ArrayList<>();

        Writer(String name) {
            this.name = name;
        }

        @Override
        public void write(Result row, long timestamp) {
            rows.add(row);
        }

        @Override
        public Prepared prepare(long checkpoint) {
            List<Result> closed = rows;
            rows = new ArrayList<>();
            if (faults.strikes(Fault.PREPARE_FAILED)) {
                throw new IllegalStateException("the target is away at checkpoint " + checkpoint);
            }
            String transaction = name + "/" + checkpoint;
            return () -> {
                if (closed.isEmpty()) {
                    return List.of();
                }
                if (faults.strikes(Fault.PREPARE_FAILED)) {
                    throw new IllegalStateException("the target refused to prepare " + transaction);
                }
                target.stage(transaction, closed);
                return List.of(Bytes.of(transaction.getBytes(StandardCharsets.UTF_8)));
            };
        }

        @Override
        public void commit(Bytes transaction) {
            String text = text(transaction);
            if (faults.strikes(Fault.KILLED_BEFORE_COMMIT)) {
                throw new ProcessKilled("before commit of " + text);
            }
            if (faults.strikes(Fault.COMMIT_FAILED)) {
                throw new IllegalStateException("the target refused to commit " + text);
            }
            target.commit(text);
            if (faults.strikes(Fault.KILLED_AFTER_COMMIT)) {
                throw new ProcessKilled("after commit of " + text);
            }
        }
    }
}
