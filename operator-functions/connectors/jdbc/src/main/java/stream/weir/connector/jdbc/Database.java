package stream.weir.connector.jdbc;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import stream.weir.api.sink.SinkContext;

/** One connection to the database, made anew after each failure. Used on the replica's thread. */
final class Database implements AutoCloseable {
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);
    private static final Duration LONGEST_LOCK_WAIT = Duration.ofSeconds(5);

    private final JdbcSettings settings;
    private final SinkContext context;
    private final Map<String, String> variables;
    private Optional<Connection> connection = Optional.empty();

    /** @param variables of the process's environment */
    Database(JdbcSettings settings, SinkContext context, Map<String, String> variables) {
        this.settings = settings;
        this.context = context;
        this.variables = variables;
    }

    /** What is done in one transaction; called again, from its beginning, when that did not succeed or nobody knows. */
    interface Work<T> {
        T in(Connection connection) throws SQLException, IOException, JdbcProblemException;
    }

    /**
     * Commits the work. When this returns, it is committed; when it throws, that is not known.
     *
     * @param what is being tried, for messages
     */
    <T> T transaction(String what, Work<T> work) throws IOException, JdbcProblemException {
        Patience patience = new Patience(context, what);
        while (true) {
            try {
                Connection with = connected();
                T result = work.in(with);
                with.commit();
                return result;
            } catch (SQLException e) {
                close();
                patience.afterFailure(e);
            } catch (IOException | JdbcProblemException | RuntimeException e) {
                close();
                throw e;
            }
        }
    }

    private Connection connected() throws SQLException, IOException, JdbcProblemException {
        if (connection.isPresent()) {
            return connection.get();
        }
        Connection made = DriverManager.getConnection(settings.url(), properties());
        try {
            prepare(made);
        } catch (SQLException e) {
            made.close();
            throw e;
        }
        connection = Optional.of(made);
        return made;
    }

    /** The driver's, which the URL may say otherwise. */
    private Properties properties() throws IOException, JdbcProblemException {
        Properties properties = settings.credentials().read(variables);
        properties.put("ApplicationName", "weir " + WriterId.of(context));
        properties.put("tcpKeepAlive", "true");
        properties.put("connectTimeout", Long.toString(LONGEST_CONNECT.toSeconds()));
        properties.put("loginTimeout", Long.toString(LONGEST_CONNECT.toSeconds()));
        properties.put("socketTimeout", Long.toString(settings.timeout().toSeconds()));
        return properties;
    }

    private void prepare(Connection made) throws SQLException {
        made.setAutoCommit(false);
        made.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        try (Statement statement = made.createStatement()) {
            // Whoever waits for the row of a writer that is gone must not do so for ever.
            statement.execute("SET idle_in_transaction_session_timeout = "
                    + settings.timeout().toMillis());
            statement.execute("SET lock_timeout = " + LONGEST_LOCK_WAIT.toMillis());
            // What is committed here is forgotten by checkpoints: it must survive a crash of the database.
            statement.execute("SELECT set_config('synchronous_commit', 'on', false)"
                    + " WHERE current_setting('synchronous_commit') = 'off'");
        }
        made.commit();
    }

    /** Gives the connection up, with what it has not committed. */
    @Override
    public void close() {
        if (connection.isPresent()) {
            try {
                connection.get().close();
            } catch (SQLException e) {
                // It is given up in any case, and what it had not committed with it.
            }
            connection = Optional.empty();
        }
    }
}
