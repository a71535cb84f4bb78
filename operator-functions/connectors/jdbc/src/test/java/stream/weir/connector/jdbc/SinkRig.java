package stream.weir.connector.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.api.sink.SinkContext;
import stream.weir.api.sink.SinkWriter;

/** Runs a sink as the runtime does: checkpoints, completion, crashes, other numbers of replicas. */
final class SinkRig {
    static final RowType ROWS =
            new RowType(List.of(new RowType.Column("k", Primitive.STRING), new RowType.Column("v", Primitive.INT64)));

    private final Path folder;
    private final JdbcSettings settings;
    private final String pipeline;
    private long run;

    SinkRig(String pipeline, Path folder, JdbcSettings settings) {
        this.folder = folder;
        this.settings = settings;
        this.pipeline = pipeline;
    }

    static JdbcSettings settings(Table table, RowType rows, String... key) {
        return new JdbcSettings(
                table.url(),
                new Credentials(Optional.empty(), Optional.empty(), Optional.empty()),
                TableName.parse("t"),
                TableName.parse("weir_commits"),
                List.of(key),
                rows,
                3,
                Duration.ofSeconds(20),
                JdbcSettings.Beyond.FAIL);
    }

    SinkRig with(JdbcSettings other) {
        SinkRig rig = new SinkRig(pipeline, folder, other);
        rig.run = run;
        return rig;
    }

    SinkRig ofPipeline(String other) {
        return new SinkRig(other, folder, settings);
    }

    JdbcSettings settings() {
        return settings;
    }

    /** A complete checkpoint: what its manifest names. */
    record Checkpoint(long id, List<Bytes> transactions) {
        static final Checkpoint NONE = new Checkpoint(0, List.of());

        Checkpoint and(Checkpoint other) {
            List<Bytes> all = new ArrayList<>(transactions);
            all.addAll(other.transactions);
            return new Checkpoint(Math.max(id, other.id), all);
        }
    }

    /** One replica in one run. */
    final class Replica implements AutoCloseable {
        private final SinkWriter<Row> writer;
        private boolean stopping;

        private Replica(long run, int index, int replicas, Checkpoint restored) throws Exception {
            writer = new JdbcSink(settings, Map.of()).open(new Context(this, run, index, replicas, restored));
        }

        Replica write(String key, long value) throws Exception {
            return write(Row.of(ROWS, key, value));
        }

        Replica write(Row row) throws Exception {
            writer.write(row, Long.MIN_VALUE);
            return this;
        }

        /** Stores what the checkpoint needs. */
        Checkpoint checkpoint(long id) throws Exception {
            SinkWriter.Prepared prepared = writer.prepare(id);
            List<Bytes> transactions = prepared.makeDurable();
            for (Path file : prepared.files()) {
                Files.copy(
                        file, Files.createDirectories(folder.resolve("store")).resolve(file.getFileName()));
            }
            return new Checkpoint(id, transactions);
        }

        void commit(Checkpoint checkpoint) throws Exception {
            for (Bytes transaction : checkpoint.transactions()) {
                writer.commit(transaction);
            }
        }

        void stop() {
            stopping = true;
        }

        /** Ends without a word. */
        @Override
        public void close() throws Exception {
            writer.close();
        }
    }

    Replica first() throws Exception {
        return next(0, 1, Checkpoint.NONE);
    }

    /** A new run. */
    Replica next(int index, int replicas, Checkpoint restored) throws Exception {
        run++;
        return same(index, replicas, restored);
    }

    /** Another replica of the present run. */
    Replica same(int index, int replicas, Checkpoint restored) throws Exception {
        return new Replica(run, index, replicas, restored);
    }

    private final class Context implements SinkContext {
        private final Replica owner;
        private final long ofRun;
        private final int index;
        private final int replicas;
        private final Checkpoint restored;

        private Context(Replica owner, long ofRun, int index, int replicas, Checkpoint restored) {
            this.owner = owner;
            this.ofRun = ofRun;
            this.index = index;
            this.replicas = replicas;
            this.restored = restored;
        }

        @Override
        public String pipeline() {
            return pipeline;
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
                return Files.createDirectories(folder.resolve(ofRun + "-" + index));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public InputStream restoredFile(String name) throws IOException {
            return Files.newInputStream(folder.resolve("store").resolve(name));
        }

        @Override
        public boolean stopping() {
            return owner.stopping;
        }

        @Override
        public InstantSource clock() {
            return InstantSource.system();
        }
    }
}
