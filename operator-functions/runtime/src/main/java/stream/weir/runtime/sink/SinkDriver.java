package stream.weir.runtime.sink;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import stream.weir.api.codec.Bytes;
import stream.weir.api.sink.SinkWriter;
import stream.weir.protocol.checkpoint.OperatorState;
import stream.weir.protocol.checkpoint.StoredObject;

/**
 * A writer and its transactions. What was prepared for a checkpoint is committed when that checkpoint, or a later one, is
 * complete; until then every snapshot names it. Used on the replica's thread, but for {@link Transactions#durable}.
 */
public final class SinkDriver implements AutoCloseable {
    /** Operator state: a transaction each; the key is the checkpoint that prepared it. */
    public static final String TRANSACTIONS = "sink.transactions";

    private final SinkWriter<Object> writer;
    private final SnapshotFiles files;
    private final Deque<Pending> pending = new ArrayDeque<>();

    private SinkDriver(SinkWriter<Object> writer, SnapshotFiles files) {
        this.writer = writer;
        this.files = files;
    }

    /** @param files where files go that a writer gives to a checkpoint */
    @SuppressWarnings("unchecked") // the model's last step and its sink agree on the type
    public static SinkDriver over(SinkWriter<?> writer, SnapshotFiles files) {
        return new SinkDriver((SinkWriter<Object>) writer, files);
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
     * @param watermark event time so far
     * @throws SinkException when the writer cannot: its rows may be gone, so the run cannot go on
     */
    public Transactions prepare(long checkpoint, long watermark) throws SinkException {
        SinkWriter.Prepared prepared;
        try {
            writer.watermark(watermark);
            prepared = writer.prepare(checkpoint);
        } catch (Exception e) {
            throw new SinkException("the rows of checkpoint " + checkpoint + " could not be closed off", e);
        }
        pending.addLast(new Pending(checkpoint, new FutureTask<>(() -> makeDurable(prepared))));
        return new Transactions(List.copyOf(pending));
    }

    private Durable makeDurable(SinkWriter.Prepared prepared) throws Exception {
        List<Bytes> transactions = prepared.makeDurable();
        Map<String, StoredObject> objects = new LinkedHashMap<>();
        for (Path file : prepared.files()) {
            objects.put(file.getFileName().toString(), files.store(file));
        }
        return new Durable(transactions, objects);
    }

    /** {@code checkpoint} is complete: commits what was prepared for it and before it. */
    public void commit(long checkpoint) throws Exception {
        while (!pending.isEmpty() && pending.getFirst().checkpoint <= checkpoint) {
            for (Bytes transaction : pending.getFirst().await().transactions) {
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

        /** Makes them durable, and the files that belong to them; blocks, and is called on a background thread. */
        public List<OperatorState> durable() throws Exception {
            List<OperatorState.Entry> entries = new ArrayList<>();
            Map<String, StoredObject> objects = new LinkedHashMap<>();
            for (Pending each : pending) {
                Durable durable = each.await();
                for (Bytes transaction : durable.transactions) {
                    entries.add(new OperatorState.Entry(Long.toString(each.checkpoint), transaction.toByteArray()));
                }
                objects.putAll(durable.objects);
            }
            OperatorState transactions = new OperatorState(TRANSACTIONS, entries);
            return objects.isEmpty() ? List.of(transactions) : List.of(transactions, OperatorState.files(objects));
        }
    }

    /** @param objects by the names of the files that they were */
    private record Durable(List<Bytes> transactions, Map<String, StoredObject> objects) {}

    /** Made durable once, by whoever asks first. */
    private record Pending(long checkpoint, FutureTask<Durable> durable) {
        Durable await() throws Exception {
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
