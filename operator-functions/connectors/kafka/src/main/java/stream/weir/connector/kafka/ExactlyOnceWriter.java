package stream.weir.connector.kafka;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import stream.weir.api.codec.Bytes;
import stream.weir.api.row.Row;
import stream.weir.api.sink.SinkContext;
import stream.weir.api.sink.SinkWriter;
import stream.weir.connector.format.ahead.AheadRows;
import stream.weir.connector.format.ahead.WrittenAhead;

/** Keeps the rows of a checkpoint in a file until the checkpoint is complete, then commits them. */
final class ExactlyOnceWriter implements SinkWriter<Row> {
    private static final int CHUNK = 64 * 1024;

    private final SinkSettings settings;
    private final SinkContext context;
    private final RecordEncoder encoder;
    private final SizeLimits limits;
    private final TransactionalOutput output;
    private final String id;
    private final Cluster cluster;
    private WrittenAhead rows;
    private long files;

    ExactlyOnceWriter(
            SinkSettings settings,
            SinkContext context,
            SizeLimits limits,
            TransactionalOutput output,
            String id,
            Cluster cluster,
            RecordEncoder encoder) {
        this.settings = settings;
        this.context = context;
        this.encoder = encoder;
        this.limits = limits;
        this.output = output;
        this.id = id;
        this.cluster = cluster;
        this.rows = new WrittenAhead(name(context, 0));
    }

    private static Path name(SinkContext context, long number) {
        return context.folder().resolve("rows-" + context.run() + "-" + context.replica() + "-" + number);
    }

    @Override
    public void write(Row row, long timestamp) throws IOException, KafkaProblemException {
        OutRecord record = encoder.encode(row, timestamp);
        limits.check(record);
        record.encode(rows.buffer());
        rows.added();
    }

    @Override
    public Prepared prepare(long checkpoint) throws IOException {
        WrittenAhead sealed = rows;
        sealed.seal();
        files++;
        rows = new WrittenAhead(name(context, files));
        return new Sealed(sealed, checkpoint);
    }

    /** What was closed off. */
    private final class Sealed implements Prepared {
        private final WrittenAhead sealed;
        private final long checkpoint;

        private Sealed(WrittenAhead sealed, long checkpoint) {
            this.sealed = sealed;
            this.checkpoint = checkpoint;
        }

        /** Also without rows: a restored transaction tells which writers there were and which checkpoint it is. */
        @Override
        public List<Bytes> makeDurable() throws IOException {
            sealed.close();
            return List.of(new SinkTransaction(
                            id,
                            context.replica(),
                            checkpoint,
                            context.run(),
                            settings.topic(),
                            settings.partBytes(),
                            sealed.where())
                    .encode());
        }

        @Override
        public List<Path> files() {
            return sealed.files();
        }
    }

    /** Those of other writers were committed when this sink was opened, by the replica that answers for them. */
    @Override
    public void commit(Bytes transaction) throws IOException, KafkaProblemException {
        SinkTransaction decoded = SinkTransaction.decode(transaction);
        if (decoded.id().equals(id)) {
            commit(decoded, output, context);
        }
    }

    static void commit(SinkTransaction transaction, TransactionalOutput output, SinkContext context)
            throws IOException, KafkaProblemException {
        switch (transaction.rows()) {
            case AheadRows.None none -> {}
            case AheadRows.Inline inline ->
                output.commit(
                        transaction,
                        () -> new DataInputStream(
                                new ByteArrayInputStream(inline.content().toByteArray())));
            case AheadRows.InFile file -> {
                if (output.record()
                        .filter(done -> done.covers(transaction.checkpoint()))
                        .isEmpty()) {
                    Path local = file.local(context);
                    output.commit(transaction, () -> open(local));
                }
                Files.deleteIfExists(context.folder().resolve(file.name()));
            }
        }
    }

    private static DataInputStream open(Path file) throws IOException {
        return new DataInputStream(new BufferedInputStream(Files.newInputStream(file), CHUNK));
    }

    @Override
    public void close() throws IOException {
        output.close();
        cluster.close();
        rows.close();
    }
}
