package stream.weir.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.connector.format.SinkRuns.Checkpoint;
import stream.weir.connector.jdbc.SinkRig.Replica;
import stream.weir.testservers.PostgresServer;

class JdbcSinkIT {
    private static final String COLUMNS = "k text PRIMARY KEY, v bigint";

    @TempDir
    private Path folder;

    private Table table;

    @BeforeAll
    static void needsPostgres() {
        assumeTrue(PostgresServer.whyNotAvailable().isEmpty(), () -> PostgresServer.whyNotAvailable()
                .orElse(""));
    }

    @BeforeEach
    void createTable() throws Exception {
        table = Table.of(COLUMNS);
    }

    @Test
    void when_a_checkpoint_is_complete_then_its_rows_are_there_and_no_others() throws Exception {
        // given
        SinkRig rig = rig();
        try (Replica replica = rig.first()) {
            Checkpoint first = replica.write("a", 1).write("b", 2).write("a", 3).checkpoint(1);
            replica.write("c", 4);
            List<String> before = table.rows();

            // when
            replica.commit(first);

            // then
            assertThat(before).isEmpty();
            assertThat(table.rows()).containsExactly("a|3", "b|2");
        }
    }

    @Test
    void when_a_row_has_the_key_of_an_earlier_one_then_it_takes_its_place() throws Exception {
        // given
        SinkRig rig = rig();
        try (Replica replica = rig.first()) {
            replica.commit(replica.write("a", 1).write("b", 1).checkpoint(1));

            // when
            replica.commit(replica.write("a", 2).checkpoint(2));
        }

        // then
        assertThat(table.rows()).containsExactly("a|2", "b|1");
    }

    @Test
    void when_it_crashes_before_the_commit_then_the_next_run_commits_once() throws Exception {
        // given
        SinkRig rig = rig();
        Checkpoint first;
        try (Replica replica = rig.first()) {
            first = replica.write("a", 1).checkpoint(1);
            replica.write("lost", 0);
        }

        // when
        try (Replica replica = rig.next(0, 1, first)) {
            replica.commit(first);
            replica.commit(replica.write("b", 2).checkpoint(2));
        }

        // then
        assertThat(table.rows()).containsExactly("a|1", "b|2");
    }

    @Test
    void when_a_commit_is_repeated_then_nothing_changes() throws Exception {
        // given
        SinkRig rig = rig();
        Checkpoint first;
        try (Replica replica = rig.first()) {
            first = replica.write("a", 1).checkpoint(1);
            replica.commit(first);
        }
        table.run("UPDATE t SET v = 99"); // would be gone if the row were written again

        // when
        for (int i = 0; i < 2; i++) {
            try (Replica replica = rig.next(0, 1, first)) {
                replica.commit(first);
            }
        }

        // then
        assertThat(table.rows()).containsExactly("a|99");
        assertThat(table.query("SELECT run, checkpoint FROM weir_commits")).containsExactly("3|1");
    }

    @Test
    void when_a_transaction_broke_off_in_the_middle_then_all_its_rows_are_written_anew() throws Exception {
        // given
        SinkRig rig = rig();
        table.run("CREATE UNIQUE INDEX one_v ON t (v)");
        table.run("INSERT INTO t VALUES ('other', 7)");
        Checkpoint first;
        try (Replica replica = rig.first()) {
            for (int i = 0; i < 10; i++) {
                replica.write("k" + i, i); // the eighth is refused
            }
            first = replica.checkpoint(1);
            assertThatThrownBy(() -> replica.commit(first))
                    .hasMessageContaining("committing the rows of checkpoint 1")
                    .hasMessageContaining("one_v");
        }
        List<String> between = table.rows();
        table.run("DELETE FROM t");

        // when
        rig.next(0, 1, first).close();

        // then
        assertThat(between).containsExactly("other|7");
        assertThat(table.rows()).hasSize(10);
    }

    @Test
    void when_an_earlier_run_goes_on_then_it_is_fenced() throws Exception {
        // given
        SinkRig rig = rig();
        try (Replica zombie = rig.first()) {
            Checkpoint first = zombie.write("a", 1).checkpoint(1);
            zombie.commit(first);
            Checkpoint late = zombie.write("a", 2).checkpoint(2);

            // when
            try (Replica present = rig.next(0, 1, first)) {
                // then
                assertThatThrownBy(() -> zombie.commit(late)).hasMessageContaining("FENCED: run 1 < 2");
                present.commit(present.write("a", 3).checkpoint(3));
            }
        }
        assertThat(table.rows()).containsExactly("a|3");
    }

    @Test
    void when_an_earlier_run_opens_late_then_it_is_refused() throws Exception {
        // given
        SinkRig rig = rig();
        Checkpoint first;
        try (Replica replica = rig.first()) {
            first = replica.write("a", 1).checkpoint(1);
        }
        SinkRig late = rig.with(rig.settings());
        rig.next(0, 1, first).close();
        rig.next(0, 1, first).close();

        // when, then
        assertThatThrownBy(() -> late.next(0, 1, first)).hasMessageContaining("FENCED: run 2 < 3");
    }

    @Test
    void when_the_transaction_of_an_earlier_run_is_under_way_then_its_outcome_is_waited_for() throws Exception {
        // given
        SinkRig rig = rig();
        Checkpoint first;
        try (Replica replica = rig.first()) {
            first = replica.write("a", 1).checkpoint(1);
        }
        try (Connection zombie = table.connect();
                Statement statement = zombie.createStatement()) {
            zombie.setAutoCommit(false);
            statement.execute("UPDATE weir_commits SET checkpoint = 1 WHERE run = 1 AND checkpoint < 1");
            statement.execute("INSERT INTO t VALUES ('a', 50)");

            // when
            CompletableFuture<Replica> next = CompletableFuture.supplyAsync(() -> {
                try {
                    return rig.next(0, 1, first);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            awaitLockWait();
            zombie.commit();
            next.get(60, TimeUnit.SECONDS).close();
        }

        // then
        assertThat(table.rows()).containsExactly("a|50");
    }

    private void awaitLockWait() throws SQLException {
        while (table.query(
                        "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%weir_commits%'")
                .isEmpty()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void when_rows_are_many_then_they_come_from_a_file_and_from_the_checkpoint_where_that_is_gone() throws Exception {
        // given
        SinkRig rig = rig();
        Checkpoint first;
        Checkpoint second;
        try (Replica replica = rig.first()) {
            for (int i = 0; i < 5_000; i++) {
                replica.write("a".repeat(20) + i, i);
            }
            first = replica.checkpoint(1);
            replica.commit(first);
            for (int i = 0; i < 5_000; i++) {
                replica.write("b".repeat(20) + i, i);
            }
            second = replica.checkpoint(2);
        }

        // when
        rig.next(0, 1, second).close();

        // then
        assertThat(table.query("SELECT count(*), sum(v) FROM t")).containsExactly("10000|24995000");
    }

    @Test
    void when_the_number_of_replicas_changes_then_each_earlier_writer_is_answered_for_once() throws Exception {
        // given
        SinkRig rig = rig();
        Checkpoint all = Checkpoint.NONE;
        try (Replica zero = rig.next(0, 3, Checkpoint.NONE);
                Replica one = rig.same(1, 3, Checkpoint.NONE);
                Replica two = rig.same(2, 3, Checkpoint.NONE)) {
            Checkpoint done = zero.write("a", 1).checkpoint(1);
            zero.commit(done);
            all = done.and(one.write("b", 2).checkpoint(1))
                    .and(two.write("c", 3).checkpoint(1));
            table.run("UPDATE t SET v = 99");
        }

        // when: fewer
        try (Replica zero = rig.next(0, 2, all);
                Replica one = rig.same(1, 2, all)) {
            // then
            assertThat(table.rows()).containsExactly("a|99", "b|2", "c|3");
            Checkpoint next = zero.write("d", 4).checkpoint(2).and(one.checkpoint(2));

            // when: more
            for (int i = 0; i < 4; i++) {
                if (i == 0) {
                    rig.next(i, 4, next).close();
                } else {
                    rig.same(i, 4, next).close();
                }
            }
        }

        // then
        assertThat(table.rows()).containsExactly("a|99", "b|2", "c|3", "d|4");
    }

    @Test
    void when_the_restored_checkpoint_is_older_than_what_is_committed_then_it_says_so_or_overwrites() throws Exception {
        // given
        SinkRig rig = rig();
        Checkpoint first;
        try (Replica replica = rig.first()) {
            first = replica.write("a", 1).checkpoint(1);
            replica.commit(first);
            replica.commit(replica.write("a", 2).write("b", 2).checkpoint(2));
        }

        // when
        assertThatThrownBy(() -> rig.next(0, 1, first).close())
                .hasMessageContaining("cannot go on from checkpoint 1 of t: rows up to checkpoint 2 are committed");
        SinkRig overwriting = rig.with(beyond(rig.settings()));
        try (Replica replica = overwriting.next(0, 1, first)) {
            replica.commit(replica.write("a", 3).checkpoint(2));
        }

        // then
        assertThat(table.rows()).containsExactly("a|3", "b|2");
    }

    private static JdbcSettings beyond(JdbcSettings of) {
        return new JdbcSettings(
                of.url(),
                of.credentials(),
                of.table(),
                of.commits(),
                of.key(),
                of.rows(),
                of.batchSize(),
                Duration.ofSeconds(20),
                JdbcSettings.Beyond.OVERWRITE);
    }

    @Test
    void when_another_pipeline_starts_from_the_checkpoint_then_both_go_on() throws Exception {
        // given
        SinkRig rig = rig();
        try (Replica original = rig.first()) {
            Checkpoint first = original.write("a", 1).checkpoint(1);

            // when
            try (Replica copy = rig.ofPipeline("copy").next(0, 1, first)) {
                copy.commit(copy.write("b", 2).checkpoint(2));
                original.commit(first);
                original.commit(original.write("c", 3).checkpoint(2));
            }
        }

        // then
        assertThat(table.rows()).containsExactly("a|1", "b|2", "c|3");
    }

    @Test
    void when_a_course_begins_anew_then_the_runs_of_the_former_one_do_not_stand_in_its_way() throws Exception {
        // given
        SinkRig former = rig();
        for (int i = 0; i < 3; i++) {
            try (Replica replica = former.next(0, 1, Checkpoint.NONE)) {
                replica.commit(replica.write("a", i).checkpoint(1));
            }
        }

        // when
        SinkRig anew = new SinkRig("orders", folder.resolve("anew"), former.settings());
        try (Replica replica = anew.first()) {
            replica.commit(replica.write("a", 9).checkpoint(1));
        }

        // then
        assertThat(table.rows()).containsExactly("a|9");
    }

    private SinkRig rig() {
        return new SinkRig("orders", folder, SinkRig.settings(table, SinkRig.ROWS, "k"));
    }
}
