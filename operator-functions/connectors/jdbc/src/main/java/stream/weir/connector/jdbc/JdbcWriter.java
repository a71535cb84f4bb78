package stream.weir.connector.jdbc;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import stream.weir.api.codec.Bytes;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowCodec;
import stream.weir.api.sink.SinkContext;
import stream.weir.api.sink.SinkWriter;
import stream.weir.connector.format.ahead.WrittenAhead;

/** Keeps the rows of a checkpoint in a file until the checkpoint is complete, then has them committed. */
final class JdbcWriter implements SinkWriter<Row> {
    private final JdbcSettings settings;
    private final SinkContext context;
    private final Upsert upsert;
    private final Committer committer;
    private final PendingRows encoder;
    private WrittenAhead rows;
    private long files;

    JdbcWriter(JdbcSettings settings, SinkContext context, Upsert upsert, Committer committer) {
        this.settings = settings;
        this.context = context;
        this.upsert = upsert;
        this.committer = committer;
        this.encoder = new PendingRows(RowCodec.of(settings.rows()));
        this.rows = new WrittenAhead(name(context, 0));
    }

    private static Path name(SinkContext context, long number) {
        return context.folder().resolve("rows-" + context.run() + "-" + context.replica() + "-" + number);
    }

    /**
     * @throws JdbcProblemException when the database would refuse the row
     */
    @Override
    public void write(Row row, long timestamp) throws IOException, JdbcProblemException {
        upsert.check(row);
        encoder.add(row, rows);
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
            return List.of(new JdbcTransaction(
                            WriterId.of(context),
                            checkpoint,
                            settings.table(),
                            settings.key(),
                            settings.rows(),
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
    public void commit(Bytes transaction) throws IOException, JdbcProblemException {
        JdbcTransaction decoded = JdbcTransaction.decode(transaction);
        if (decoded.writer().equals(WriterId.of(context))) {
            committer.commit(decoded);
        }
    }

    @Override
    public void close() throws IOException {
        committer.close();
        rows.close();
    }
}
