package stream.weir.runtime.sink;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import stream.weir.api.codec.Bytes;
import stream.weir.api.sink.SinkWriter;
import stream.weir.protocol.checkpoint.OperatorState;

/**
 * A writer and its transactions. What was prepared for a checkpoint is committed when that checkpoint, or a later one, is
 * complete; until then every snapshot names it. Used on the replica's thread, but for {@link Transactions#durable}.
 */
public final class SinkDriver implements AutoCloseable {
    /** Operator state: a transaction each; the key is the checkpoint that prepared it. */
    public static final String TRANSACTIONS = "sink.transactions";

    private final SinkWriter<Object> writer;
    private final Deque<Pending> pending = new ArrayDeque<>();

    private SinkDriver(SinkWriter<Object> writer) {
        this.writer = writer;
    }

    @SuppressWarnings("unchecked") // the model's last step and its sink agree on the type
    public static SinkDriver over(SinkWriter<?> writer) {
        return new SinkDriver((SinkWriter<Object>) writer);
    }

    /** Finishes commits that the restored checkpoint names; to be called before the first record. */
    public void finish(List<Bytes> transactions) throws Exception {
        for (Bytes transaction : transactions) {
            writer.commit(transaction);
        }
    }

    public void write(Object value, long timestamp) throws Exception {
        writer.write(value, timestamp);
    }

    /**
     * Closes off what was written for {@code checkpoint}.
     *
     * @throws SinkException when the writer cannot: its rows may be gone, so the run cannot go on
     */
    public Transactions prepare(long checkpoint) throws SinkException {
        SinkWriter.Prepared prepared;
        try {
            prepared = writer.prepare(checkpoint);
        } catch (Exception e) {
            throw new SinkException("the rows of checkpoint " + checkpoint + " could not be closed off", e);
        }
        pending.addLast(new Pending(checkpoint, new FutureTask<>(prepared::makeDurable)));
        return new Transactions(List.copyOf(pending));
    }

    /** {@code checkpoint} is complete: commits what was prepared for it and before it. */
    public void commit(long checkpoint) throws Exception {
        while (!pending.isEmpty() && pending.getFirst().checkpoint <= checkpoint) {
            for (Bytes transaction : pending.getFirst().await()) {
                writer.commit(transaction);
            }
            pending.removeFirst();
        }
    }

    @Override
    public void close() throws Exception {
        writer.close();
    }

    /** The transactions that a snapshot has to name. */
    public static final class Transactions {
        private final List<Pending> pending;

        private Transactions(List<Pending> pending) {
            this.pending = pending;
        }

        /** Makes them durable; blocks, and is called on a background thread. */
        public OperatorState durable() throws Exception {
            List<OperatorState.Entry> entries = new ArrayList<>();
            for (Pending each : pending) {
                for (Bytes transaction : each.await()) {
                    entries.add(new OperatorState.Entry(Long.toString(each.checkpoint), transaction.toByteArray()));
                }
            }
            return new OperatorState(TRANSACTIONS, entries);
        }
    }

    /** Made durable once, by whoever asks first. */
    private record Pending(long checkpoint, FutureTask<List<Bytes>> durable) {
        List<Bytes> await() throws Exception {
            durable.run();
            try {
                return durable.get();
            } catch (ExecutionException e) {
                throw new SinkException(
                        "the rows of checkpoint " + checkpoint + " could not be made durable", e.getCause());
            }
        }
    }
}
