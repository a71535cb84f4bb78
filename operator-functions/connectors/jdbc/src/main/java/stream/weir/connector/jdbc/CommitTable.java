package stream.weir.connector.jdbc;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * What each writer has committed last. A row is written in the same transaction as the rows it tells of, so both are there or
 * neither; its lock keeps two transactions of one writer apart.
 */
final class CommitTable {
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String DUPLICATE_TABLE = "42P07";
    private static final String WHOSE = " WHERE pipeline = ? AND stage = ? AND replica = ?";

    private final TableName name;

    CommitTable(TableName name) {
        this.name = name;
    }

    /**
     * @param run that has the writer at present
     * @param checkpoint whose rows, and those before it, are committed
     */
    record Entry(long run, long checkpoint) {}

    private String definition() {
        return "CREATE TABLE IF NOT EXISTS " + name.quoted()
                + " (pipeline text NOT NULL, stage text NOT NULL, replica integer NOT NULL, run bigint NOT NULL,"
                + " checkpoint bigint NOT NULL, PRIMARY KEY (pipeline, stage, replica))";
    }

    /** Makes the table unless it is there. */
    void create(Database database) throws IOException, JdbcProblemException {
        database.transaction("making the table " + name + ", if need be", connection -> {
            if (!exists(connection)) {
                make(connection);
            }
            return name;
        });
    }

    private boolean exists(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
            statement.setString(1, name.quoted());
            try (ResultSet found = statement.executeQuery()) {
                return found.next() && found.getBoolean(1);
            }
        }
    }

    private void make(Connection connection) throws SQLException, JdbcProblemException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(definition());
        } catch (SQLException e) {
            connection.rollback();
            if (UNIQUE_VIOLATION.equals(e.getSQLState()) || DUPLICATE_TABLE.equals(e.getSQLState())) {
                return; // another replica was faster
            }
            if (Patience.isPassing(e)) {
                throw e;
            }
            throw new JdbcProblemException(
                    "the table " + name + " is not there and cannot be made; let somebody run: " + definition() + ";",
                    e);
        }
    }

    /** What is committed; waits for a transaction of the writer that is under way. */
    Optional<Entry> lock(Connection connection, WriterId writer) throws SQLException {
        return find(connection, writer, " FOR UPDATE");
    }

    private Optional<Entry> find(Connection connection, WriterId writer, String lock) throws SQLException {
        String sql = "SELECT run, checkpoint FROM " + name.quoted() + WHOSE + lock;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            whose(statement, 1, writer);
            try (ResultSet found = statement.executeQuery()) {
                return found.next() ? Optional.of(new Entry(found.getLong(1), found.getLong(2))) : Optional.empty();
            }
        }
    }

    /** Puts an entry down, whatever was there. */
    void put(Connection connection, WriterId writer, Entry entry) throws SQLException {
        String sql = "INSERT INTO " + name.quoted()
                + " (pipeline, stage, replica, run, checkpoint) VALUES (?, ?, ?, ?, ?)"
                + " ON CONFLICT (pipeline, stage, replica)"
                + " DO UPDATE SET run = excluded.run, checkpoint = excluded.checkpoint";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int next = whose(statement, 1, writer);
            statement.setLong(next, entry.run());
            statement.setLong(next + 1, entry.checkpoint());
            statement.executeUpdate();
        }
    }

    /** Whether the rows of {@code checkpoint} are still to be written. */
    enum Advance {
        WRITE,
        DONE_BEFORE
    }

    /**
     * Moves a writer's entry on, as the first thing in the transaction that writes the rows.
     *
     * @throws JdbcProblemException when another run has the writer
     */
    Advance advance(Connection connection, WriterId writer, Entry entry) throws SQLException, JdbcProblemException {
        String sql = "UPDATE " + name.quoted() + " SET checkpoint = ?" + WHOSE + " AND run = ? AND checkpoint < ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, entry.checkpoint());
            int next = whose(statement, 2, writer);
            statement.setLong(next, entry.run());
            statement.setLong(next + 1, entry.checkpoint());
            if (statement.executeUpdate() == 1) {
                return Advance.WRITE;
            }
        }
        Optional<Entry> found = find(connection, writer, "");
        if (found.isEmpty()) {
            throw new JdbcProblemException("the row of " + writer + " in the table " + name
                    + ", which this run had put down, is gone: it must not be deleted while the pipeline runs");
        }
        if (found.get().run() != entry.run()) {
            throw fenced(writer, entry.run(), found.get().run());
        }
        return Advance.DONE_BEFORE;
    }

    JdbcProblemException fenced(WriterId writer, long run, long other) {
        return run < other
                ? new JdbcProblemException(
                        "FENCED: run " + run + " < " + other + ", which writes for " + writer + " by the table " + name)
                : new JdbcProblemException("FENCED: run " + other + " of another course has taken over " + writer
                        + " in the table " + name + " from run " + run
                        + "; two pipelines of one name need a commitTable each");
    }

    private static int whose(PreparedStatement statement, int first, WriterId writer) throws SQLException {
        statement.setString(first, writer.pipeline());
        statement.setString(first + 1, writer.stage());
        statement.setInt(first + 2, writer.replica());
        return first + 3;
    }
}
