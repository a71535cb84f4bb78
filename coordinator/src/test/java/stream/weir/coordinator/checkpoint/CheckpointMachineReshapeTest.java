package stream.weir.coordinator.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static stream.weir.coordinator.checkpoint.Scenario.DURABLE;
import static stream.weir.coordinator.checkpoint.Scenario.UNKNOWN;
import static stream.weir.coordinator.checkpoint.Scenario.config;
import static stream.weir.coordinator.checkpoint.Scenario.running;
import static stream.weir.coordinator.checkpoint.Scenario.starting;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.PipelineDescription.StageDescription;
import stream.weir.coordinator.checkpoint.Command.Reshape.Readiness;
import stream.weir.coordinator.checkpoint.Command.Stop.Wanted;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.OperatorState;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.SnapshotTimes;
import stream.weir.protocol.control.Assignment.DroppedState;
import stream.weir.protocol.keygroup.KeyGroupRange;

/** From one number of replicas to another: with exactly one checkpoint in between, and by the record of one run. */
class CheckpointMachineReshapeTest {
    @Test
    void when_other_replicas_are_possible_then_the_next_run_begins_with_a_checkpoint_taken_for_it() {
        Scenario s = running().reshape(3);

        assertThat(s.effects()).containsExactly("trigger 1 REQUESTED");
        assertThat(s.acknowledge(1).answer(DURABLE).effects())
                .containsExactly(
                        "store 1 manifest",
                        "completed 1",
                        "complete 1",
                        "collect",
                        "Running -> BackingOff",
                        "BackingOff -> OpeningRun",
                        "run 4 from 1 of run 3 next 2 root 3");
        assertThat(s.recorded()).isEqualTo(Map.of("read", 1, "count", 3, "write", 1));
        assertThat(s.answerRun(DURABLE).effects()).containsExactly("OpeningRun -> Running", "restart run 4 from 1");
    }

    @Test
    void when_its_processes_prepare_then_the_run_goes_on_and_its_checkpoints_are_not_the_one() {
        Scenario s = running().prepare(3);

        assertThat(s.effects()).isEmpty();
        assertThat(s.pass(10).acknowledge(1).answer(DURABLE).effects())
                .containsExactly("trigger 1 PERIODIC", "store 1 manifest", "completed 1", "complete 1", "collect");
        assertThat(s.reshape(3).effects()).containsExactly("trigger 2 REQUESTED");
        assertThat(s.acknowledge(2).answer(DURABLE).effects()).endsWith("run 4 from 2 of run 3 next 3 root 3");
    }

    @Test
    void when_its_processes_are_prepared_while_a_checkpoint_is_under_way_then_the_one_after_it_is_the_one() {
        Scenario s = running().prepare(3).pass(10).reshape(3).forget();

        assertThat(s.acknowledge(1).answer(DURABLE).effects()).endsWith("collect", "trigger 2 REQUESTED");
    }

    @Test
    void when_a_replica_is_lost_while_processes_prepare_then_the_run_that_follows_has_the_new_ones() {
        Scenario s = running().prepare(3).fail("count-1").pass(2);

        assertThat(s.recorded()).containsEntry("count", 3);
    }

    @Test
    void when_other_replicas_are_possible_no_longer_while_processes_prepare_then_nothing_comes_of_it() {
        Scenario s = running().prepare(3).reshape(2).forget();

        assertThat(s.pass(10).acknowledge(1).answer(DURABLE).effects())
                .containsExactly("trigger 1 PERIODIC", "store 1 manifest", "completed 1", "complete 1", "collect");
    }

    @Test
    void when_processes_prepare_again_after_they_were_ready_then_the_checkpoint_that_is_due_stays_due() {
        Scenario s = running().reshape(3).prepare(3).forget();

        assertThat(s.acknowledge(1).answer(DURABLE).effects()).endsWith("run 4 from 1 of run 3 next 2 root 3");
    }

    @Test
    void when_the_new_run_has_begun_then_it_counts_its_own_replicas() {
        Scenario s = running().reshape(3).acknowledge(1).answer(DURABLE).answerRun(DURABLE);

        assertThat(s.replicas()).hasSize(5);
        assertThat(s.opened()
                        .pass(10)
                        .forget()
                        .acknowledge(2, "read-0", "count-0", "count-1", "write-0")
                        .effects())
                .isEmpty();
        assertThat(s.acknowledge(2, "count-2").effects()).containsExactly("store 2 manifest");
        assertThat(s.manifest().replicas()).hasSize(5);
    }

    @Test
    void when_a_checkpoint_is_under_way_then_the_one_after_it_is_the_one() {
        Scenario s = running().pass(10).forget().reshape(1);

        assertThat(s.effects()).isEmpty();
        assertThat(s.acknowledge(1).answer(DURABLE).effects()).endsWith("collect", "trigger 2 REQUESTED");
        assertThat(s.acknowledge(2).answer(DURABLE).effects()).endsWith("run 4 from 2 of run 3 next 3 root 3");
    }

    @Test
    void when_its_checkpoint_fails_then_another_one_is_taken() {
        Scenario s = running(config(1, 5, 3)).reshape(3).forget();

        assertThat(s.decline(1, "read-0", CheckpointFailure.UPLOAD_FAILED)
                        .answer(DURABLE)
                        .effects())
                .containsExactly("abort 1 UPLOAD_FAILED", "failed 1 UPLOAD_FAILED", "store 1 aborted");
        assertThat(s.pass(1).effects()).containsExactly("trigger 2 REQUESTED");
        assertThat(s.acknowledge(2).answer(DURABLE).effects()).endsWith("run 4 from 2 of run 3 next 3 root 3");
    }

    @Test
    void when_later_checkpoints_are_under_way_then_they_are_aborted_first() {
        Scenario s = running(config(3, 0, 3)).reshape(3).pass(10).forget();

        assertThat(s.acknowledge(1).answer(DURABLE).effects())
                .contains("complete 1", "abort 2 RUN_ENDED", "Running -> BackingOff")
                .doesNotContain("BackingOff -> OpeningRun");
        assertThat(s.answer(DURABLE).effects()).endsWith("run 4 from 1 of run 3 next 3 root 3");
    }

    @Test
    void when_a_replica_is_lost_meanwhile_then_the_run_that_follows_has_the_new_ones() {
        Scenario s = running().reshape(3).fail("count-1").answer(DURABLE).forget();

        assertThat(s.pass(2).effects())
                .containsExactly("BackingOff -> OpeningRun", "run 4 from 0 of run 0 next 2 root 4");
        assertThat(s.recorded()).containsEntry("count", 3);
    }

    @Test
    void when_they_become_possible_while_the_job_goes_back_then_it_goes_back_with_them() {
        Scenario s = running().fail("count-1").reshape(1).pass(2);

        assertThat(s.recorded()).containsEntry("count", 1);
    }

    @Test
    void when_they_are_possible_no_longer_then_nothing_comes_of_it() {
        Scenario s = running().reshape(3).reshape(2).forget();

        assertThat(s.acknowledge(1).answer(DURABLE).effects())
                .containsExactly("store 1 manifest", "completed 1", "complete 1", "collect");
        assertThat(s.reshape(3)
                        .fail("count-0")
                        .answer(DURABLE)
                        .reshape(2)
                        .forget()
                        .pass(2)
                        .recorded())
                .containsEntry("count", 2);
    }

    @Test
    void when_the_record_is_on_its_way_then_it_is_not_changed_any_more() {
        Scenario s = running().reshape(3).acknowledge(1).answer(DURABLE).answerRun(UNKNOWN);

        s.reshape(1).forget().pass(1);

        assertThat(s.recorded()).containsEntry("count", 3);
        assertThat(s.answerRun(DURABLE).replicas()).hasSize(5);
    }

    @Test
    void when_not_all_have_opened_then_there_is_nothing_to_wait_for() {
        Scenario s = starting(config(1, 0, 3), Optional.empty()).reshape(3);

        assertThat(s.effects()).endsWith("run 4 from 0 of run 0 next 1 root 4");
        assertThat(s.recorded()).containsEntry("count", 3);
    }

    @Test
    void when_the_job_is_asked_to_stop_then_it_stops() {
        Scenario s =
                running().reshape(3).tell(new Command.Stop(Wanted.CHECKPOINT)).forget();

        assertThat(s.acknowledge(1).answer(DURABLE).effects()).doesNotContain("Running -> BackingOff");
        assertThat(s.state()).isInstanceOf(JobState.Stopping.class);
    }

    @Test
    void when_restarts_are_used_up_then_other_replicas_are_possible_all_the_same() {
        Scenario s = running(config(1, 0, 0))
                .reshape(3)
                .acknowledge(1)
                .answer(DURABLE)
                .answerRun(DURABLE);

        assertThat(s.state()).isInstanceOf(JobState.Running.class);
    }

    @Test
    void when_no_stage_would_claim_state_then_refused_unless_it_may_be_dropped() {
        Manifest newest = withState("count");
        PipelineDescription without = new PipelineDescription(
                "orders", List.of(new StageDescription("read", 1, false), new StageDescription("write", 1, true)));
        Scenario s = starting(config(1, 0, 3), Optional.of(newest));

        s.tell(new Command.Reshape(without, DroppedState.REFUSE, Readiness.READY));
        assertThat(s.effects())
                .singleElement()
                .asString()
                .startsWith("reshape refused STATE_DROPPED")
                .contains("count");
        s.tell(new Command.Reshape(without, DroppedState.ALLOW, Readiness.READY));
        assertThat(s.recorded()).isEqualTo(Map.of("read", 1, "write", 1));
    }

    private static Manifest withState(String stage) {
        ReplicaSnapshot snapshot = new ReplicaSnapshot(
                stage,
                0,
                new KeyGroupRange(0, 127),
                false,
                List.of(),
                List.of(new OperatorState("x", List.of())),
                SnapshotTimes.NONE);
        return new Manifest("orders", 4, 2, 7, 0, 0, CheckpointKind.PERIODIC, 128, List.of(), List.of(snapshot));
    }
}
