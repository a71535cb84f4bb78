package stream.weir.coordinator.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static stream.weir.coordinator.checkpoint.Scenario.DURABLE;
import static stream.weir.coordinator.checkpoint.Scenario.FOREIGN;
import static stream.weir.coordinator.checkpoint.Scenario.config;
import static stream.weir.coordinator.checkpoint.Scenario.manifest;
import static stream.weir.coordinator.checkpoint.Scenario.replica;
import static stream.weir.coordinator.checkpoint.Scenario.running;
import static stream.weir.coordinator.checkpoint.Scenario.starting;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import stream.weir.coordinator.checkpoint.Command.Stop.Wanted;
import stream.weir.coordinator.checkpoint.JobState.Completed;
import stream.weir.coordinator.checkpoint.JobState.Finishing;
import stream.weir.coordinator.checkpoint.JobState.Stopped;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.CheckpointKind;

/** How a job comes to its end. */
class CheckpointMachineEndsTest {
    private static final Command SAVEPOINT = new Command.Stop(Wanted.SAVEPOINT);

    @Test
    void when_all_have_finished_then_a_final_checkpoint_and_completed_once_it_is_committed() {
        Scenario s = running().forget();

        assertThat(s.finish().effects()).containsExactly("Running -> Finishing", "trigger 1 FINAL");
        assertThat(s.acknowledge(1).answer(DURABLE).effects())
                .containsExactly("store 1 manifest", "completed 1", "complete 1", "collect");
        assertThat(s.committed(1).effects()).containsExactly("Finishing -> Completed");
        assertThat(s.state()).isInstanceOf(Completed.class);
    }

    @Test
    void when_a_periodic_one_is_pending_then_the_final_one_follows_it() {
        Scenario s = running().pass(10).finish().forget();

        assertThat(s.acknowledge(1).answer(DURABLE).effects())
                .containsExactly("store 1 manifest", "completed 1", "complete 1", "collect", "trigger 2 FINAL");
        assertThat(s.committed(1).state()).isInstanceOf(Finishing.class);
    }

    @Test
    void when_the_final_one_fails_then_it_is_retried_and_the_job_lives() {
        Scenario s = running(config(1, 0, 0)).finish().forget();

        for (long id = 1; id <= 5; id++) {
            s.decline(id, "write-0", CheckpointFailure.SINK_FAILED).answer(DURABLE);
            assertThat(s.forget().pass(1).effects()).containsExactly("trigger " + (id + 1) + " FINAL");
        }
    }

    @Test
    void when_a_sink_does_not_commit_the_final_one_then_it_is_restarted_from_it() {
        Scenario s = running().finish().acknowledge(1).answer(DURABLE).forget();

        assertThat(s.pass(59).effects()).isEmpty();
        assertThat(s.pass(1).effects()).containsExactly("Finishing -> BackingOff");
        s.pass(2).answerRun(DURABLE).opened().forget();
        assertThat(s.finish().effects()).containsExactly("Running -> Finishing", "complete 1");
        assertThat(s.committed(1).state()).isInstanceOf(Completed.class);
    }

    @Test
    void when_restored_from_a_final_checkpoint_then_only_the_commit_is_waited_for() {
        Scenario s = starting(config(1, 0, 3), Optional.of(manifest(5, 2, CheckpointKind.FINAL)))
                .opened()
                .forget();

        assertThat(s.finish().effects()).containsExactly("Running -> Finishing", "complete 5");
        assertThat(s.committed(5).effects()).containsExactly("Finishing -> Completed");
    }

    @Test
    void when_a_replica_acknowledges_then_the_manifest_says_how_long_after_the_trigger() {
        Scenario s = running().pass(10).pass(3).acknowledge(1);

        assertThat(s.manifest().replicas())
                .allSatisfy(replica ->
                        assertThat(replica.times().acknowledgedNanos()).isEqualTo(3_000_000_000L));
    }

    @Test
    void when_asked_to_stop_then_a_last_checkpoint_is_committed_first() {
        Scenario s = running().pass(10).forget();

        assertThat(s.tell(new Command.Stop(Wanted.CHECKPOINT)).effects()).containsExactly("Running -> Stopping");
        assertThat(s.acknowledge(1).answer(DURABLE).effects())
                .containsExactly("store 1 manifest", "completed 1", "complete 1", "collect", "trigger 2 REQUESTED");
        assertThat(s.acknowledge(2).answer(DURABLE).committed(1).state()).isInstanceOf(JobState.Stopping.class);
        assertThat(s.committed(2).state())
                .isEqualTo(new Stopped(
                        LastCheckpoint.COMMITTED, ((JobState.Ended) s.state()).newest(), "after checkpoint 2"));
    }

    @Test
    void when_the_last_checkpoint_fails_then_again_until_the_deadline() {
        Scenario s = running().tell(new Command.Stop(Wanted.CHECKPOINT));

        s.decline(1, "read-0", CheckpointFailure.CAPTURE_FAILED).answer(DURABLE).forget();
        assertThat(s.pass(1).effects()).containsExactly("trigger 2 REQUESTED");
        s.pass(60);
        assertThat(stopped(s).detail()).contains("without a last checkpoint");
        assertThat(stopped(s).last()).isEqualTo(LastCheckpoint.NONE);
    }

    @Test
    void when_sinks_do_not_commit_the_last_checkpoint_in_time_then_it_is_complete_only() {
        Scenario s = running().tell(new Command.Stop(Wanted.CHECKPOINT));

        s.acknowledge(1).answer(DURABLE).pass(60);

        assertThat(stopped(s).last()).isEqualTo(LastCheckpoint.COMPLETE);
        assertThat(stopped(s).newest().orElseThrow().checkpoint()).isEqualTo(1);
    }

    @Test
    void when_a_replica_is_lost_before_the_last_checkpoint_is_committed_then_it_is_complete_only() {
        Scenario s = running().tell(new Command.Stop(Wanted.CHECKPOINT));

        s.acknowledge(1).answer(DURABLE).fail("read-0");

        assertThat(stopped(s).last()).isEqualTo(LastCheckpoint.COMPLETE);
        assertThat(stopped(s).detail()).contains("after checkpoint 1").doesNotContain("without");
    }

    @Test
    void when_a_replica_is_lost_while_stopping_then_stopped_at_the_newest() {
        Scenario s = running()
                .pass(10)
                .checkpoint(1)
                .tell(new Command.Stop(Wanted.CHECKPOINT))
                .fail("read-0");

        assertThat(stopped(s).newest().orElseThrow().checkpoint()).isEqualTo(1);
        assertThat(stopped(s).last()).isEqualTo(LastCheckpoint.NONE);
    }

    @Test
    void when_a_replica_is_lost_while_it_stops_with_a_savepoint_then_that_is_taken_in_the_next_run() {
        Scenario s = running().pass(10).checkpoint(1).tell(SAVEPOINT).fail("read-0");
        assertThat(s.state()).isInstanceOf(JobState.BackingOff.class);

        s.answer(DURABLE).pass(2).answerRun(DURABLE).forget();
        assertThat(s.opened().effects()).containsExactly("Running -> Stopping", "trigger 3 REQUESTED");
        s.acknowledge(3).answer(DURABLE).committed(3);
        assertThat(stopped(s).last()).isEqualTo(LastCheckpoint.COMMITTED);
        assertThat(stopped(s).newest().orElseThrow().checkpoint()).isEqualTo(3);
    }

    @Test
    void when_a_savepoint_is_wanted_while_recovering_then_the_job_stops_with_it_when_it_runs() {
        Scenario s = running().fail("read-0").tell(SAVEPOINT);
        assertThat(s.state()).isInstanceOf(JobState.BackingOff.class);

        s.pass(2).answerRun(DURABLE).forget();
        assertThat(s.opened().effects()).containsExactly("Running -> Stopping", "trigger 1 REQUESTED");
    }

    @Test
    void when_a_savepoint_is_wanted_and_the_job_does_not_come_back_then_it_stops_without_at_the_deadline() {
        Scenario s = running().pass(10).checkpoint(1).tell(SAVEPOINT).fail("read-0");
        s.answer(DURABLE).pass(2).answerRun(DURABLE).pass(70);

        assertThat(stopped(s).last()).isEqualTo(LastCheckpoint.NONE);
        assertThat(stopped(s).newest().orElseThrow().checkpoint()).isEqualTo(1);
    }

    @Test
    void when_a_savepoint_is_wanted_and_no_run_can_be_recorded_then_it_stops_without_at_the_deadline() {
        Scenario s =
                running().pass(10).checkpoint(1).tell(SAVEPOINT).fail("read-0").pass(70);

        assertThat(stopped(s).detail()).contains("too late");
    }

    @Test
    void when_asked_to_stop_before_all_have_opened_or_while_recovering_then_at_once() {
        Scenario opening = starting(config(1, 0, 3), Optional.empty()).tell(new Command.Stop(Wanted.CHECKPOINT));
        Scenario recovering = running().fail("read-0").tell(new Command.Stop(Wanted.CHECKPOINT));

        assertThat(stopped(opening).last()).isEqualTo(LastCheckpoint.NONE);
        assertThat(stopped(recovering).last()).isEqualTo(LastCheckpoint.NONE);
    }

    @Test
    void when_the_input_is_over_while_stopping_then_completed() {
        Scenario s = running()
                .finish()
                .tell(new Command.Stop(Wanted.CHECKPOINT))
                .checkpoint(1)
                .pass(1);

        assertThat(s.state()).isInstanceOf(Completed.class);
    }

    @Test
    void when_it_is_over_then_nothing_changes_any_more() {
        Scenario s = running().finish().checkpoint(1).forget();

        s.fail("read-0")
                .acknowledge(2)
                .answer(FOREIGN)
                .tell(new Command.Stop(Wanted.CHECKPOINT))
                .pass(100);

        assertThat(s.effects()).isEmpty();
    }

    private static Stopped stopped(Scenario s) {
        assertThat(s.state()).isInstanceOf(Stopped.class);
        return (Stopped) s.state();
    }
}
