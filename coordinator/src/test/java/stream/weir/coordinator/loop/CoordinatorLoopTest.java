package stream.weir.coordinator.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static stream.weir.coordinator.store.TestStore.Fault.APPLIED_BUT_UNKNOWN;
import static stream.weir.coordinator.store.TestStore.Fault.LOST_BUT_UNKNOWN;
import static stream.weir.coordinator.store.TestStore.Fault.REFUSED;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import stream.weir.coordinator.savepoint.Savepoints;
import stream.weir.coordinator.store.AskedEnd;
import stream.weir.coordinator.store.StartOptions;
import stream.weir.coordinator.store.TestStore;
import stream.weir.protocol.checkpoint.CheckpointKind;

class CoordinatorLoopTest {
    private final TestStore objects = new TestStore();
    private final World world = World.over(objects);

    @Test
    void when_started_then_checkpoints_are_taken_stored_and_committed_in_turn() {
        world.start(StartOptions.newest());

        assertThat(world.heard()).containsExactly("started run 1 term 1", "restart 1 from 0");
        assertThat(world.pass(20).heard())
                .containsExactly("completed 1 6 bytes", "commit 1", "completed 2 6 bytes", "commit 2");
        assertThat(objects.names()).contains("checkpoints/0000000001.json", "checkpoints/0000000002.json");
    }

    @Test
    void when_the_process_dies_and_another_starts_then_it_goes_on_from_the_newest() {
        world.start(StartOptions.newest()).pass(20).loop().close();
        world.pass(100);

        World next = World.over(objects).start(StartOptions.newest());

        assertThat(next.heard()).containsExactly("started run 2 term 2", "restart 2 from 2");
        assertThat(next.pass(10).heard()).containsExactly("completed 4 6 bytes", "commit 4");
    }

    @Test
    void when_another_coordinator_takes_over_then_the_first_one_commits_nothing_more() {
        world.start(StartOptions.newest()).pass(10).heard();
        World.over(objects).start(StartOptions.newest());

        assertThat(world.pass(10).heard()).containsExactly("job failed FENCED");
        assertThat(world.pass(100).heard()).isEmpty();
    }

    @Test
    void when_the_manifest_is_applied_but_answered_with_a_timeout_then_committed_at_once() {
        world.start(StartOptions.newest()).pass(10).heard();
        objects.failing(APPLIED_BUT_UNKNOWN);

        assertThat(world.pass(10).heard()).containsExactly("completed 2 6 bytes", "commit 2");
    }

    @Test
    void when_the_outcome_is_unknown_then_asked_again_and_committed_when_known() {
        world.start(StartOptions.newest()).pass(10).heard();
        objects.failing(LOST_BUT_UNKNOWN, LOST_BUT_UNKNOWN, REFUSED, LOST_BUT_UNKNOWN);

        assertThat(world.pass(10).heard()).isEmpty();
        assertThat(world.pass(3).heard()).isEmpty();
        assertThat(world.pass(1).heard()).containsExactly("completed 2 6 bytes", "commit 2");
    }

    @Test
    void when_the_store_is_down_for_a_while_then_checkpoints_fail_and_the_first_after_it_heals_completes() {
        world.start(StartOptions.newest()).pass(10).heard();
        objects.failing(REFUSED, REFUSED, REFUSED, REFUSED);

        assertThat(world.pass(10).heard()).containsExactly("failed 2 STORE_FAILED");
        assertThat(world.pass(10).heard()).containsExactly("completed 3 6 bytes", "commit 3");
    }

    @Test
    void when_a_replica_fails_then_all_go_back_and_on() {
        world.start(StartOptions.newest()).pass(10).heard();

        assertThat(world.fail().pass(2).heard())
                .containsExactly("restarting: replica read-0 failed: boom", "restart 2 from 1");
        assertThat(world.pass(10).heard()).containsExactly("completed 2 6 bytes", "commit 2");
    }

    @Test
    void when_replicas_fall_silent_then_the_checkpoint_times_out() {
        world.start(StartOptions.newest()).heard();
        world.silence(true);

        assertThat(world.pass(70).heard()).containsExactly("failed 1 TIMED_OUT");
        world.silence(false);
        assertThat(world.pass(0).heard()).isEmpty();
        assertThat(world.pass(80).heard()).contains("commit 3");
    }

    @Test
    void when_all_have_finished_then_done_and_a_second_start_says_so_and_adds_nothing() {
        world.start(StartOptions.newest()).pass(10).heard();

        assertThat(world.finish().heard()).containsExactly("completed 2 6 bytes", "commit 2", "all done at 2");
        World again = World.over(objects).start(StartOptions.newest());
        assertThat(again.pass(100).heard())
                .containsExactly("started run 2 term 2", "restart 2 from 2", "commit 2", "all done at 2");
    }

    @Test
    void when_asked_to_stop_then_stopped_after_a_last_checkpoint_and_a_start_goes_on_there() {
        world.start(StartOptions.newest()).pass(15).heard();
        world.loop().end(AskedEnd.STOP, () -> {});

        assertThat(world.settle().heard())
                .containsExactly("completed 2 6 bytes", "commit 2", "stopped at 2 after checkpoint 2");
        assertThat(World.over(objects).start(StartOptions.newest()).heard()).contains("restart 2 from 2");
    }

    @Test
    void when_asked_to_drain_then_all_are_told_once_and_the_job_completes() {
        world.start(StartOptions.newest()).pass(15).heard();
        world.loop().end(AskedEnd.DRAIN, () -> {});
        world.loop().end(AskedEnd.DRAIN, () -> {});

        assertThat(world.settle().heard())
                .startsWith("end input read-0")
                .endsWith("completed 2 6 bytes", "commit 2", "all done at 2")
                .doesNotHaveDuplicates();
        assertThat(World.over(objects).start(StartOptions.newest()).pass(100).heard())
                .endsWith("all done at 2");
    }

    @Test
    void when_a_leader_is_asked_before_it_has_begun_then_it_says_so_when_that_is_on_record() {
        world.start(StartOptions.newest()).pass(15);
        World next = World.over(objects);
        next.loop().lead(StartOptions.newest());
        next.loop()
                .end(
                        AskedEnd.DRAIN,
                        () -> next.heard.add(
                                "on record: " + objects.list("drains/").size()));

        assertThat(next.settle().pass(100).heard()).contains("on record: 1").endsWith("all done at 3");
    }

    @Test
    void when_a_replica_is_lost_while_the_job_drains_then_the_next_run_is_told_too() {
        world.start(StartOptions.newest()).pass(15).silence(true);
        world.loop().end(AskedEnd.DRAIN, () -> {});
        world.settle().silence(false);
        world.fail();

        assertThat(world.pass(1_000).heard()).contains("end input read-0").endsWith("all done at 2");
    }

    @Test
    void when_asked_to_drain_and_then_to_stop_then_it_stops() {
        world.start(StartOptions.newest()).pass(15).silence(true);
        world.loop().end(AskedEnd.DRAIN, () -> {});
        world.settle().silence(false);
        world.loop().end(AskedEnd.STOP, () -> {});

        assertThat(world.settle().heard()).endsWith("stopped at 2 after checkpoint 2");
    }

    @ParameterizedTest
    @EnumSource(AskedEnd.class)
    void when_the_job_ends_while_a_wish_is_written_down_then_it_says_so_when_that_is_forgotten(AskedEnd how) {
        world.lead(StartOptions.newest()).pass(15).heard();
        world.slowStore(true);
        world.loop().end(how, () -> world.heard.add("on record"));
        world.settle().slowStore(false);

        assertThat(world.finish().heard()).containsExactly("completed 2 6 bytes", "commit 2");
        assertThat(world.answer().heard()).containsExactly("on record", "all done at 2");
        assertThat(objects.names()).noneMatch(name -> name.startsWith("stops/") || name.startsWith("drains/"));
    }

    @Test
    void when_a_job_that_was_stopped_before_it_began_is_asked_to_end_then_nothing_is_written_down() {
        world.lead(StartOptions.newest()).pass(15).silence(true);
        world.loop().end(AskedEnd.STOP, () -> {});
        world.settle().loop().close();
        World next = World.over(objects).lead(StartOptions.newest());
        next.loop().end(AskedEnd.STOP, () -> next.heard.add("heard"));

        assertThat(next.settle().heard()).endsWith("heard");
        assertThat(objects.names()).noneMatch(name -> name.startsWith("stops/"));
    }

    @Test
    void when_leader_and_replicas_die_before_the_job_has_stopped_then_the_next_leader_says_where_it_stopped() {
        world.lead(StartOptions.newest()).pass(15).silence(true);
        world.loop().end(AskedEnd.STOP, () -> {});
        world.settle().loop().close();

        assertThat(World.over(objects).lead(StartOptions.newest()).heard())
                .containsExactly("stopped at 1 as asked of an earlier leader, without a last checkpoint: no replica"
                        + " outlives its coordinator");
        assertThat(World.over(objects).start(StartOptions.newest()).heard()).contains("restart 2 from 1");
    }

    @Test
    void when_an_earlier_leader_was_to_stop_and_the_next_one_is_asked_for_a_savepoint_then_it_fails_and_is_forgotten() {
        world.lead(StartOptions.newest()).pass(15).silence(true);
        world.loop().end(AskedEnd.STOP, () -> {});
        world.settle().loop().close();
        World next = World.over(objects);
        next.loop().lead(StartOptions.newest());
        next.loop().savepoint("late", () -> next.heard.add("on record"));

        assertThat(next.settle().heard())
                .containsExactly(
                        "on record",
                        "no savepoint late: the job ended before a checkpoint was complete",
                        "stopped at 1 as asked of an earlier leader, without a last checkpoint: no replica"
                                + " outlives its coordinator");
        assertThat(objects.names()).noneMatch(name -> name.startsWith("wishes/"));
    }

    @Test
    void when_a_savepoint_is_written_down_while_the_job_stops_before_it_began_then_it_fails_and_is_forgotten() {
        world.loop().lead(StartOptions.newest());
        world.loop().end(AskedEnd.STOP, () -> {
            world.slowStore(true);
            world.loop().savepoint("late", () -> {});
        });
        assertThat(world.settle().heard()).containsExactly("stopped at 0 before it began");

        assertThat(world.answer().heard()).containsExactly("no savepoint late: the job does not run");
        world.slowStore(false);
        world.answer();
        assertThat(objects.names()).noneMatch(name -> name.startsWith("wishes/"));
    }

    @Test
    void when_asked_for_a_checkpoint_then_at_once() {
        world.start(StartOptions.newest()).heard();
        world.loop().requestCheckpoint(CheckpointKind.SAVEPOINT);

        assertThat(world.settle().heard()).containsExactly("completed 1 6 bytes", "commit 1");
    }

    @Test
    void when_the_start_is_refused_then_nothing_runs() {
        objects.failing(REFUSED);

        assertThat(world.start(StartOptions.newest()).pass(100).heard()).containsExactly("refused STORE_FAILED");
    }

    @Test
    void when_time_goes_by_then_old_checkpoints_and_their_files_are_deleted_and_the_rest_restores() {
        world.start(StartOptions.newest()).pass(1000);

        List<String> manifests = objects.names().stream()
                .filter(n -> n.startsWith("checkpoints/"))
                .toList();
        List<String> files =
                objects.names().stream().filter(n -> n.startsWith("files/")).toList();
        assertThat(manifests).hasSizeBetween(2, 9).contains("checkpoints/0000000100.json");
        assertThat(files).hasSize(manifests.size() * 2);
        assertThat(World.over(objects).start(StartOptions.newest()).heard()).contains("restart 2 from 100");
    }

    @Test
    void when_an_entry_is_damaged_then_nothing_is_deleted() {
        world.start(StartOptions.newest()).pass(10);
        objects.damage("checkpoints/0000000001.json", new byte[] {1});
        world.pass(1);
        World next = World.over(objects).start(StartOptions.fresh());

        next.pass(500);

        assertThat(objects.names()).contains("checkpoints/0000000001.json", "files/1", "files/2");
    }

    @Test
    void when_asked_for_a_savepoint_then_a_checkpoint_is_taken_for_it_and_copied() throws Exception {
        world.start(StartOptions.newest()).pass(10).heard();

        world.loop().savepoint("before-sale", () -> {});

        assertThat(world.settle().heard())
                .containsExactly("completed 2 6 bytes", "commit 2", "savepoint before-sale of 2");
        assertThat(Savepoints.in(objects).read("before-sale").orElseThrow().checkpoint())
                .isEqualTo(2);
    }

    @Test
    void when_a_checkpoint_for_a_savepoint_fails_then_another_one_is_taken() {
        world.start(StartOptions.newest()).pass(10).heard();
        objects.failing(REFUSED);

        world.loop().savepoint("before-sale", () -> {});

        assertThat(world.pass(5).heard())
                .containsExactly(
                        "failed 2 STORE_FAILED", "completed 3 6 bytes", "commit 3", "savepoint before-sale of 3");
    }

    @Test
    void when_copying_fails_then_tried_again_and_given_up_after_some_attempts() {
        world.start(StartOptions.newest()).pass(1).heard();
        objects.failCopies(4);
        world.loop().savepoint("first", () -> {});
        assertThat(world.pass(5).heard()).contains("savepoint first of 1");

        objects.failCopies(5);
        world.loop().savepoint("second", () -> {});
        assertThat(world.pass(9).heard())
                .last()
                .asString()
                .startsWith("no savepoint second: 5 attempts to copy checkpoint 2 failed, at last: 503");
    }

    @Test
    void when_a_savepoint_is_being_copied_then_its_files_are_not_deleted() {
        world.start(StartOptions.newest());
        world.loop().savepoint("slow", () -> {});
        objects.failCopies(1_000);
        world.settle();
        objects.passMillis(1_000_000);

        for (int i = 0; i < 3; i++) {
            world.loop().requestCheckpoint(CheckpointKind.REQUESTED);
            world.settle();
            objects.passMillis(1_000_000);
        }
        objects.failCopies(0);

        assertThat(objects.names()).contains("files/1", "files/2").doesNotContain("checkpoints/0000000001.json");
        assertThat(world.pass(1).heard()).contains("savepoint slow of 1");
    }

    @Test
    void when_the_name_is_taken_or_wrong_or_the_job_is_over_then_no_savepoint() {
        world.start(StartOptions.newest());
        world.loop().savepoint("one", () -> {});
        world.settle().heard();
        world.loop().savepoint("one", () -> {});
        world.loop().savepoint("Two!", () -> {});
        assertThat(world.settle().heard())
                .anyMatch(each -> each.startsWith("no savepoint Two!: 'Two!' is no name"))
                .anyMatch(each -> each.startsWith("no savepoint one: there is another savepoint of this name"));
        world.finish().heard();

        world.loop().savepoint("three", () -> {});

        assertThat(world.settle().heard()).containsExactly("no savepoint three: the job does not run");
    }

    @Test
    void when_the_job_ends_while_a_savepoint_is_copied_then_the_end_is_told_after_it() {
        world.start(StartOptions.newest());
        objects.failCopies(2);
        world.loop().savepoint("last", () -> {});
        world.settle();
        world.finish();

        assertThat(world.pass(5).heard()).endsWith("savepoint last of 1", "all done at 2");
    }
}
