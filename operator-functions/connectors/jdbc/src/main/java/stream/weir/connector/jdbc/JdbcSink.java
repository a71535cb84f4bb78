package stream.weir.connector.jdbc;

import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import stream.weir.api.row.Row;
import stream.weir.api.sink.Sink;
import stream.weir.api.sink.SinkContext;
import stream.weir.api.sink.SinkWriter;

/** Writes rows to a table, each exactly once by its key. */
final class JdbcSink implements Sink<Row> {
    private final JdbcSettings settings;
    private final Map<String, String> variables;

    /** @param variables of the process's environment */
    JdbcSink(JdbcSettings settings, Map<String, String> variables) {
        this.settings = settings;
        this.variables = variables;
    }

    /**
     * Waits for the database, fences earlier writers, and commits what the restored checkpoint names.
     *
     * @throws JdbcProblemException with all reasons for which such rows cannot be written to the table
     */
    @Override
    public SinkWriter<Row> open(SinkContext context) throws Exception {
        requireDriver();
        Database database = new Database(settings, context, variables);
        try {
            Upsert upsert = database.transaction(
                    "looking at the table " + settings.table() + " of " + settings.database(),
                    connection -> Upsert.into(
                            TargetTable.inspect(connection, settings.table()), settings.key(), settings.rows()));
            CommitTable commits = new CommitTable(settings.commits());
            commits.create(database);
            Committer committer = new Committer(settings, context, database, commits, upsert);
            recover(committer, context);
            return new JdbcWriter(settings, context, upsert, committer);
        } catch (Exception | Error e) {
            database.close();
            throw e;
        }
    }

    private void requireDriver() throws JdbcProblemException {
        try {
            var unused = DriverManager.getDriver(settings.url());
        } catch (SQLException e) {
            throw new JdbcProblemException(
                    "no driver on the class path takes the URL " + settings.database()
                            + "; it should look like jdbc:postgresql://HOST:PORT/DATABASE",
                    e);
        }
    }

    private static void recover(Committer committer, SinkContext context) throws IOException, JdbcProblemException {
        List<JdbcTransaction> restored =
                context.restored().stream().map(JdbcTransaction::decode).toList();
        Optional<Long> checkpoint =
                restored.stream().map(JdbcTransaction::checkpoint).max(Comparator.naturalOrder());
        WriterId own = WriterId.of(context);
        Map<WriterId, List<JdbcTransaction>> writers = ownShare(restored, context);
        List<JdbcTransaction> mine = Optional.ofNullable(writers.remove(own)).orElse(List.of());
        for (Map.Entry<WriterId, List<JdbcTransaction>> writer : writers.entrySet()) {
            committer.recover(writer.getKey(), writer.getValue(), checkpoint);
        }
        committer.recover(own, mine, checkpoint);
    }

    /** Each earlier writer is answered for by one replica, also those that are more than there are now. */
    private static Map<WriterId, List<JdbcTransaction>> ownShare(List<JdbcTransaction> restored, SinkContext context) {
        List<JdbcTransaction> own = new ArrayList<>(restored);
        own.removeIf(each -> each.writer().replica() % context.replicas() != context.replica());
        own.sort(Comparator.comparingLong(JdbcTransaction::checkpoint));
        return own.stream().collect(Collectors.groupingBy(JdbcTransaction::writer, HashMap::new, Collectors.toList()));
    }

    @Override
    public String toString() {
        return "table " + settings.table() + " of " + settings.database();
    }
}
