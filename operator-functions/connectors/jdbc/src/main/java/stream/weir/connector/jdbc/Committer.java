package stream.weir.connector.jdbc;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowCodec;
import stream.weir.api.sink.SinkContext;
import stream.weir.connector.format.ahead.AheadRows;
import stream.weir.connector.jdbc.CommitTable.Advance;
import stream.weir.connector.jdbc.CommitTable.Entry;

/** Writes the rows of complete checkpoints to the table, together with the word that they are there. */
final class Committer implements AutoCloseable {
    private static final int CHUNK = 64 * 1024;

    private final JdbcSettings settings;
    private final SinkContext context;
    private final Database database;
    private final CommitTable commits;
    private final Upsert present;
    private Entry own = new Entry(0, 0);

    Committer(JdbcSettings settings, SinkContext context, Database database, CommitTable commits, Upsert present) {
        this.settings = settings;
        this.context = context;
        this.database = database;
        this.commits = commits;
        this.present = present;
    }

    /**
     * Takes a writer over from earlier runs, and commits what they left undone.
     *
     * @param transactions of the writer, in the order of their checkpoints
     * @param restored the restored checkpoint; empty on a start from nothing
     */
    void recover(WriterId writer, List<JdbcTransaction> transactions, Optional<Long> restored)
            throws IOException, JdbcProblemException {
        Entry entry = database.transaction(
                "taking over the commits of " + writer,
                connection -> writer.pipeline().equals(context.pipeline())
                        ? takeOver(connection, writer, restored)
                        : join(connection, writer));
        if (writer.equals(WriterId.of(context))) {
            own = entry;
        }
        for (JdbcTransaction transaction : transactions) {
            commit(transaction, entry);
        }
    }

    private Entry takeOver(Connection connection, WriterId writer, Optional<Long> restored)
            throws SQLException, JdbcProblemException {
        Optional<Entry> found = commits.lock(connection, writer);
        // A start from nothing may be that of a new course, whose runs are counted anew.
        long committed = 0;
        if (restored.isPresent() && found.isPresent()) {
            if (found.get().run() > context.run()) {
                throw commits.fenced(writer, context.run(), found.get().run());
            }
            committed = goOn(found.get(), restored.get());
        }
        Entry entry = new Entry(context.run(), committed);
        commits.put(connection, writer, entry);
        return entry;
    }

    private long goOn(Entry found, long restored) throws JdbcProblemException {
        if (found.checkpoint() <= restored) {
            return found.checkpoint();
        }
        if (settings.beyond() == JdbcSettings.Beyond.FAIL) {
            throw new JdbcProblemException("cannot go on from checkpoint " + restored + " of " + settings.table()
                    + ": rows up to checkpoint " + found.checkpoint()
                    + " are committed there; restore a newer checkpoint, name another table and commitTable, or have"
                    + " those rows replaced, key by key, as they come again: onCommittedBeyond: overwrite");
        }
        return restored;
    }

    /** Of the pipeline from which the checkpoint was taken: its runs are none of ours, and it may still be at work. */
    private Entry join(Connection connection, WriterId writer) throws SQLException {
        Optional<Entry> found = commits.lock(connection, writer);
        if (found.isPresent()) {
            return found.get();
        }
        Entry entry = new Entry(context.run(), 0);
        commits.put(connection, writer, entry);
        return entry;
    }

    /** Commits rows of this writer unless that has been done; when it returns, they are committed. */
    void commit(JdbcTransaction transaction) throws IOException, JdbcProblemException {
        commit(transaction, own);
    }

    private void commit(JdbcTransaction transaction, Entry entry) throws IOException, JdbcProblemException {
        switch (transaction.rows()) {
            case AheadRows.None none -> {}
            case AheadRows.Inline inline -> {
                if (entry.checkpoint() < transaction.checkpoint()) {
                    byte[] content = inline.content().toByteArray();
                    write(transaction, entry, () -> new ByteArrayInputStream(content));
                }
            }
            case AheadRows.InFile file -> {
                if (entry.checkpoint() < transaction.checkpoint()) {
                    Path local = file.local(context);
                    write(transaction, entry, () -> new BufferedInputStream(Files.newInputStream(local), CHUNK));
                }
                Files.deleteIfExists(context.folder().resolve(file.name()));
            }
        }
    }

    /** Opens rows from the beginning. */
    private interface Content {
        InputStream open() throws IOException;
    }

    private void write(JdbcTransaction transaction, Entry entry, Content content)
            throws IOException, JdbcProblemException {
        long checkpoint = transaction.checkpoint();
        WriterId writer = transaction.writer();
        Entry next = new Entry(entry.run(), checkpoint);
        Advance done = database.transaction(
                "committing the rows of checkpoint " + checkpoint + " for " + writer, connection -> {
                    Advance advance = commits.advance(connection, writer, next);
                    if (advance == Advance.WRITE) {
                        try (DataInputStream in = new DataInputStream(content.open())) {
                            write(connection, transaction, in);
                        }
                    }
                    return advance;
                });
        if (done == Advance.WRITE && writer.equals(WriterId.of(context))) {
            own = next;
        }
    }

    private void write(Connection connection, JdbcTransaction transaction, DataInputStream in)
            throws SQLException, IOException, JdbcProblemException {
        RowCodec codec = RowCodec.of(transaction.type());
        Upsert upsert = upsert(connection, transaction);
        int waiting = 0;
        try (PreparedStatement statement = connection.prepareStatement(upsert.sql())) {
            for (Optional<Row> row = PendingRows.next(in, codec); row.isPresent(); row = PendingRows.next(in, codec)) {
                upsert.bind(statement, row.get());
                statement.addBatch();
                if (++waiting == settings.batchSize()) {
                    requireWanted(transaction);
                    statement.executeBatch();
                    waiting = 0;
                }
            }
            if (waiting > 0) {
                statement.executeBatch();
            }
        }
    }

    /** Rows of an earlier version of the pipeline go where and as they were meant then. */
    private Upsert upsert(Connection connection, JdbcTransaction transaction)
            throws SQLException, JdbcProblemException {
        boolean same = transaction.table().equals(settings.table())
                && transaction.key().equals(settings.key())
                && transaction.type().equals(settings.rows());
        return same
                ? present
                : Upsert.into(
                        TargetTable.inspect(connection, transaction.table()), transaction.key(), transaction.type());
    }

    private void requireWanted(JdbcTransaction transaction) throws IOException {
        if (context.stopping()) {
            throw new IOException("the rows of checkpoint " + transaction.checkpoint()
                    + " were not committed, as the replica was told to end; the next run does it");
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
