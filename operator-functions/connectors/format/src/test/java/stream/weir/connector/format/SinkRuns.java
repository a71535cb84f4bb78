package stream.weir.connector.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import stream.weir.api.codec.Bytes;
import stream.weir.api.row.Row;
import stream.weir.api.sink.SinkContext;
import stream.weir.api.sink.SinkWriter;

/**
 * Runs a sink as the runtime does: checkpoints, completion, crashes, other numbers of replicas.
 *
 * @param <R> a replica, with what tests write to it
 */
public abstract class SinkRuns<R extends SinkRuns.Replica> {
    protected final String pipeline;
    protected final Path folder;
    protected long run;

    protected SinkRuns(String pipeline, Path folder) {
        this.pipeline = pipeline;
        this.folder = folder;
    }

    protected abstract R open(Context context) throws Exception;

    public final R first() throws Exception {
        return next(0, 1, Checkpoint.NONE);
    }

    /** A new run. */
    public final R next(int index, int replicas, Checkpoint restored) throws Exception {
        run++;
        return same(index, replicas, restored);
    }

    /** Another replica of the present run. */
    public final R same(int index, int replicas, Checkpoint restored) throws Exception {
        return open(new Context(this, run, index, replicas, restored));
    }

    /** A complete checkpoint: what its manifest names. */
    public record Checkpoint(long id, List<Bytes> transactions) {
        public static final Checkpoint NONE = new Checkpoint(0, List.of());

        public Checkpoint and(Checkpoint other) {
            List<Bytes> all = new ArrayList<>(transactions);
            all.addAll(other.transactions);
            return new Checkpoint(Math.max(id, other.id), all);
        }
    }

    /** One replica in one run. */
    public abstract static class Replica implements AutoCloseable {
        private final Context context;
        private final SinkWriter<Row> writer;

        protected Replica(Context context, SinkWriter<Row> writer) {
            this.context = context;
            this.writer = writer;
        }

        protected final void add(Row row) throws Exception {
            writer.write(row, Long.MIN_VALUE);
        }

        /** Stores what the checkpoint needs. */
        public final Checkpoint checkpoint(long id) throws Exception {
            SinkWriter.Prepared prepared = writer.prepare(id);
            List<Bytes> transactions = prepared.makeDurable();
            for (Path file : prepared.files()) {
                Files.copy(file, Files.createDirectories(context.store()).resolve(file.getFileName()));
            }
            return new Checkpoint(id, transactions);
        }

        public final void commit(Checkpoint checkpoint) throws Exception {
            for (Bytes transaction : checkpoint.transactions()) {
                writer.commit(transaction);
            }
        }

        public final void stop() {
            context.stopping = true;
        }

        /** Ends without a word. */
        @Override
        public final void close() throws Exception {
            writer.close();
        }
    }

    /** Where a replica is. */
    public static final class Context implements SinkContext {
        private final SinkRuns<?> runs;
        private final long ofRun;
        private final int index;
        private final int replicas;
        private final Checkpoint restored;
        private boolean stopping;

        private Context(SinkRuns<?> runs, long ofRun, int index, int replicas, Checkpoint restored) {
            this.runs = runs;
            this.ofRun = ofRun;
            this.index = index;
            this.replicas = replicas;
            this.restored = restored;
        }

        private Path store() {
            return runs.folder.resolve("store");
        }

        @Override
        public String pipeline() {
            return runs.pipeline;
        }

        @Override
        public String stage() {
            return "report";
        }

        @Override
        public int replica() {
            return index;
        }

        @Override
        public int replicas() {
            return replicas;
        }

        @Override
        public long run() {
            return ofRun;
        }

        @Override
        public List<Bytes> restored() {
            return restored.transactions();
        }

        @Override
        public Path folder() {
            try {
                return Files.createDirectories(runs.folder.resolve(ofRun + "-" + index));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public InputStream restoredFile(String name) throws IOException {
            return Files.newInputStream(store().resolve(name));
        }

        @Override
        public boolean stopping() {
            return stopping;
        }

        @Override
        public InstantSource clock() {
            return InstantSource.system();
        }
    }
}
