package stream.weir.connector.kafka;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import stream.weir.api.codec.Bytes;
import stream.weir.api.row.Row;
import stream.weir.api.sink.SinkContext;
import stream.weir.api.sink.SinkWriter;

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
    private RowsFile rows;
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
        this.rows = new RowsFile(name(context, 0));
    }

    private static Path name(SinkContext context, long number) {
        return context.folder().resolve("rows-" + context.run() + "-" + context.replica() + "-" + number);
    }

    @Override
    public void write(Row row, long timestamp) throws IOException, KafkaProblemException {
        OutRecord record = encoder.encode(row, timestamp);
        limits.check(record);
        rows.add(record);
    }

    @Override
    public Prepared prepare(long checkpoint) throws IOException {
        RowsFile sealed = rows;
        sealed.seal();
        files++;
        rows = new RowsFile(name(context, files));
        return new Sealed(sealed, checkpoint);
    }

    /** What was closed off. */
    private final class Sealed implements Prepared {
        private final RowsFile sealed;
        private final long checkpoint;

        private Sealed(RowsFile sealed, long checkpoint) {
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
                            where())
                    .encode());
        }

        private SinkTransaction.Rows where() {
            if (sealed.isEmpty()) {
                return new SinkTransaction.None();
            }
            return sealed.isInFile()
                    ? new SinkTransaction.InFile(
                            sealed.path().getFileName().toString(), sealed.length(), sealed.crc32c())
                    : new SinkTransaction.Inline(Bytes.of(sealed.content()));
        }

        @Override
        public List<Path> files() {
            return sealed.isInFile() ? List.of(sealed.path()) : List.of();
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
            case SinkTransaction.None none -> {}
            case SinkTransaction.Inline inline -> output.commit(transaction, inline::open);
            case SinkTransaction.InFile file -> {
                if (output.record()
                        .filter(done -> done.covers(transaction.checkpoint()))
                        .isEmpty()) {
                    Path local = local(file, context);
                    output.commit(transaction, () -> open(local));
                }
                Files.deleteIfExists(context.folder().resolve(file.name()));
            }
        }
    }

    private static DataInputStream open(Path file) throws IOException {
        return new DataInputStream(new BufferedInputStream(Files.newInputStream(file), CHUNK));
    }

    /** The file, checked as a whole before the first of its rows is sent. */
    private static Path local(SinkTransaction.InFile file, SinkContext context) throws IOException {
        Path local = context.folder().resolve(file.name());
        if (!Files.exists(local)) {
            try (InputStream in = context.restoredFile(file.name())) {
                Files.copy(in, local, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        CRC32C crc = new CRC32C();
        long length = 0;
        try (InputStream in = new CheckedInputStream(Files.newInputStream(local), crc)) {
            byte[] chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                length += read;
            }
        }
        if (length != file.length() || (int) crc.getValue() != file.crc32c()) {
            throw new IOException(String.format(
                    "the rows in %s are not those that were written: %d bytes with CRC32C %08x instead of %d with %08x",
                    local, length, (int) crc.getValue(), file.length(), file.crc32c()));
        }
        return local;
    }

    @Override
    public void close() throws IOException {
        output.close();
        cluster.close();
        rows.close();
    }
}
