package stream.weir.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.connector.format.SinkRuns.Checkpoint;
import stream.weir.connector.jdbc.SinkRig.Replica;
import stream.weir.testservers.PostgresServer;

/** The database goes away and comes back. */
class OutageIT {
    @TempDir
    private Path folder;

    @BeforeAll
    static void needsPostgres() {
        assumeTrue(PostgresServer.whyNotAvailable().isEmpty(), () -> PostgresServer.whyNotAvailable()
                .orElse(""));
    }

    @Test
    void when_the_database_crashes_between_commits_then_they_wait_for_it() throws Exception {
        // given
        try (PostgresServer server = PostgresServer.start()) {
            Table table = Table.of(server, "k text PRIMARY KEY, v bigint");
            SinkRig rig = new SinkRig("orders", folder, SinkRig.settings(table, SinkRig.ROWS, "k"));
            try (Replica replica = rig.first()) {
                replica.commit(replica.write("a", 1).checkpoint(1));
                Checkpoint second = replica.write("b", 2).checkpoint(2);
                server.kill();

                // when
                CompletableFuture<Void> commit = committing(replica, second);
                server.restart();
                commit.get(60, TimeUnit.SECONDS);
            }

            // then
            assertThat(table.rows()).containsExactly("a|1", "b|2");
        }
    }

    @Test
    void when_sessions_are_ended_by_an_administrator_then_the_commit_is_tried_again() throws Exception {
        // given
        Table table = Table.of("k text PRIMARY KEY, v bigint");
        SinkRig rig = new SinkRig("orders", folder, SinkRig.settings(table, SinkRig.ROWS, "k"));
        try (Replica replica = rig.first()) {
            Checkpoint first = replica.write("a", 1).checkpoint(1);
            table.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'weir %'"
                    + " AND pid <> pg_backend_pid()");

            // when
            replica.commit(first);
        }

        // then
        assertThat(table.rows()).containsExactly("a|1");
    }

    @Test
    void when_told_to_end_while_the_database_is_away_then_it_gives_up_and_the_next_run_commits() throws Exception {
        // given
        try (PostgresServer server = PostgresServer.start()) {
            Table table = Table.of(server, "k text PRIMARY KEY, v bigint");
            SinkRig rig = new SinkRig("orders", folder, SinkRig.settings(table, SinkRig.ROWS, "k"));
            Checkpoint first;
            try (Replica replica = rig.first()) {
                first = replica.write("a", 1).checkpoint(1);
                server.kill();
                replica.stop();

                // when
                assertThatThrownBy(() -> replica.commit(first)).hasMessageContaining("the next run does it");
            }
            server.restart();
            rig.next(0, 1, first).close();

            // then
            assertThat(table.rows()).containsExactly("a|1");
        }
    }

    private static CompletableFuture<Void> committing(Replica replica, Checkpoint checkpoint) {
        return CompletableFuture.runAsync(() -> {
            try {
                replica.commit(checkpoint);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
