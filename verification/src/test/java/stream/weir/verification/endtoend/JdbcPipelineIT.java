package stream.weir.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.testservers.PostgresServer;

/** Running totals in a table, through a stop and a restart with another number of replicas. */
class JdbcPipelineIT {
    @TempDir
    private Path folder;

    @BeforeAll
    static void needsPostgres() {
        assumeTrue(PostgresServer.whyNotAvailable().isEmpty(), () -> PostgresServer.whyNotAvailable()
                .orElse(""));
    }

    @Test
    void when_a_job_goes_on_with_other_replicas_then_the_table_holds_exact_totals() throws Exception {
        // given
        String url = PostgresServer.shared().url();
        ask(url, "CREATE TABLE end_to_end (k text PRIMARY KEY, rows bigint NOT NULL, total bigint)");
        YamlJob job = new YamlJob(folder);

        // when
        job.runUntilCheckpoint(stages(url, 2));
        job.run(stages(url, 3));

        // then
        assertThat(ask(url, "SELECT count(*) || ' ' || sum(rows) || ' ' || sum(total) FROM end_to_end"))
                .isEqualTo("50 4000 7998000");
    }

    private static String ask(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            if (!sql.startsWith("SELECT")) {
                statement.execute(sql.replace("", ""));
                return "";
            }
            try (ResultSet found = statement.executeQuery(sql)) {
                found.next();
                return found.getString(1);
            }
        }
    }

    private static String stages(String url, int replicas) {
        return """
                - name: in
                  source:
                    generator: {count: 4000, fields: {n: {sequence: 0}, k: {random: 50, prefix: k}}}
                    rate: 4000
                - name: totals
                  replicas: %d
                  inputs: [{from: in, keyBy: [k]}]
                  steps:
                    - aggregate: {fields: {rows: {count: "*"}, total: {sum: n}}}
                  sink:
                    jdbc: {url: "%s", table: end_to_end, key: [k]}
                """.formatted(replicas, url);
    }
}
