package stream.weir.coordinator.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static stream.weir.coordinator.checkpoint.Scenario.DURABLE;
import static stream.weir.coordinator.checkpoint.Scenario.FOREIGN;
import static stream.weir.coordinator.checkpoint.Scenario.NOT_APPLIED;
import static stream.weir.coordinator.checkpoint.Scenario.UNKNOWN;
import static stream.weir.coordinator.checkpoint.Scenario.config;
import static stream.weir.coordinator.checkpoint.Scenario.replica;
import static stream.weir.coordinator.checkpoint.Scenario.running;
import static stream.weir.coordinator.checkpoint.Scenario.snapshot;
import static stream.weir.coordinator.checkpoint.Scenario.starting;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import stream.weir.coordinator.CoordinatorConfig;
import stream.weir.coordinator.RestartPolicy;
import stream.weir.coordinator.checkpoint.JobState.Failed;
import stream.weir.coordinator.checkpoint.JobState.Running;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.SnapshotTimes;
import stream.weir.protocol.checkpoint.StageSchema;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.keygroup.KeyGroupRange;

class CheckpointMachineTest {
    @Nested
    class Triggers {
        @Test
        void when_the_interval_has_passed_then_all_are_triggered() {
            Scenario s = running();

            assertThat(s.pass(9).effects()).isEmpty();
            assertThat(s.pass(1).effects()).containsExactly("trigger 1 PERIODIC");
        }

        @Test
        void when_not_all_have_opened_then_nothing_is_triggered() {
            Scenario s = starting(config(1, 0, 3), Optional.empty()).pass(100);

            assertThat(s.effects()).isEmpty();
            assertThat(s.opened().effects()).containsExactly("trigger 1 PERIODIC");
        }

        @Test
        void when_one_is_pending_then_the_next_waits_for_its_end_and_nothing_is_made_up_for() {
            Scenario s = running().pass(45).forget();

            assertThat(s.acknowledge(1).effects()).containsExactly("store 1 manifest");
            assertThat(s.answer(DURABLE).effects())
                    .containsExactly("completed 1", "complete 1", "collect", "trigger 2 PERIODIC");
            assertThat(s.checkpoint(2).forget().pass(9).effects()).isEmpty();
            assertThat(s.pass(1).effects()).containsExactly("trigger 3 PERIODIC");
        }

        @Test
        void when_two_may_be_pending_then_two_are_and_the_third_waits() {
            Scenario s = running(config(2, 0, 3));

            assertThat(s.pass(50).effects()).containsExactly("trigger 1 PERIODIC", "trigger 2 PERIODIC");
        }

        @Test
        void when_there_is_a_pause_then_it_counts_from_the_end() {
            CoordinatorConfig c = config(1, 0, 3);
            Scenario s = running(new CoordinatorConfig(
                            c.interval(),
                            c.timeout(),
                            Duration.ofSeconds(7),
                            1,
                            0,
                            3,
                            c.graceTime(),
                            128,
                            c.retryDelay(),
                            RestartPolicy.never()))
                    .pass(18)
                    .checkpoint(1)
                    .forget();

            assertThat(s.pass(6).effects()).isEmpty();
            assertThat(s.pass(1).effects()).containsExactly("trigger 2 PERIODIC");
        }

        @Test
        void when_somebody_asks_then_at_once_and_a_savepoint_stays_one() {
            Scenario s = running();

            s.tell(new Command.RequestCheckpoint(CheckpointKind.REQUESTED));
            assertThat(s.effects()).containsExactly("trigger 1 REQUESTED");
            s.tell(new Command.RequestCheckpoint(CheckpointKind.SAVEPOINT));
            s.tell(new Command.RequestCheckpoint(CheckpointKind.REQUESTED));
            assertThat(s.effects()).isEmpty();
            assertThat(s.checkpoint(1).effects()).contains("trigger 2 SAVEPOINT");
        }
    }

    @Nested
    class Answers {
        @Test
        void when_all_but_one_acknowledge_then_nothing_is_stored() {
            Scenario s = running().pass(10).forget().acknowledge(1, "read-0", "count-0", "count-1");

            assertThat(s.effects()).isEmpty();
            assertThat(s.acknowledge(1, "write-0").effects()).containsExactly("store 1 manifest");
        }

        @Test
        void when_one_acknowledges_twice_then_it_counts_once() {
            Scenario s = running().pass(10).forget();

            s.acknowledge(1, "read-0")
                    .acknowledge(1, "read-0")
                    .acknowledge(1, "read-0")
                    .acknowledge(1, "read-0");

            assertThat(s.effects()).isEmpty();
        }

        @Test
        void when_an_acknowledgement_is_late_or_of_no_checkpoint_then_ignored() {
            Scenario s = running().pass(10).checkpoint(1).forget();

            assertThat(s.acknowledge(1).acknowledge(99).effects()).isEmpty();
        }

        @Test
        void when_a_message_is_of_the_past_then_refused_with_both_numbers() {
            Scenario s = running().pass(10).forget();
            ReplicaId read = replica("read-0");

            s.say(new ToCoordinator.Acknowledge(new Fence("orders", 3, 6), read, 1, snapshot(read)));
            s.say(new ToCoordinator.Acknowledge(new Fence("orders", 2, 7), read, 1, snapshot(read)));
            s.say(new ToCoordinator.Acknowledge(new Fence("flights", 3, 7), read, 1, snapshot(read)));
            s.say(new ToCoordinator.Finished(new Fence("orders", 4, 7), read));
            s.say(new ToCoordinator.Finished(new Fence("orders", 3, 7), new ReplicaId("read", 5)));
            s.say(new ToCoordinator.Acknowledge(s.fence(), read, 1, snapshot(replica("write-0"))));

            assertThat(s.effects())
                    .containsExactly(
                            "refused FENCED: term 6 < 7",
                            "refused FENCED: run 2 < 3",
                            "refused FENCED: pipeline flights is not orders",
                            "refused run 4 was never started; the current one is 3",
                            "refused there is no replica read-5 in orders",
                            "refused read-0 acknowledged for write-0");
        }

        @Test
        void when_replicas_of_no_roster_speak_then_they_stand_for_none_that_is_missing() {
            Scenario s = starting(config(1, 0, 3), Optional.empty());
            List<ReplicaId> others = List.of(new ReplicaId("count", 2), new ReplicaId("other", 0));

            others.forEach(each -> s.say(opened(s, each)));
            s.replicas().stream().skip(1).forEach(each -> s.say(opened(s, each)));
            assertThat(s.forget().pass(100).effects()).isEmpty();
            assertThat(s.opened().effects()).containsExactly("trigger 1 PERIODIC");

            others.forEach(each -> s.say(new ToCoordinator.Acknowledge(s.fence(), each, 1, snapshot(each))));
            s.forget();
            assertThat(s.acknowledge(1, "read-0", "count-0", "count-1").effects())
                    .isEmpty();
            assertThat(s.acknowledge(1, "write-0").effects()).containsExactly("store 1 manifest");
            s.answer(DURABLE).forget();

            others.forEach(each -> s.say(new ToCoordinator.Finished(s.fence(), each)));
            s.replicas().stream().skip(1).forEach(each -> s.say(new ToCoordinator.Finished(s.fence(), each)));
            assertThat(s.forget().pass(1).effects()).doesNotContain("trigger 2 FINAL");
            assertThat(s.finish().effects()).contains("trigger 2 FINAL");
        }

        private ToCoordinator.Opened opened(Scenario s, ReplicaId replica) {
            return new ToCoordinator.Opened(s.fence(), replica, new StageSchema(replica.stage(), 1, List.of()));
        }

        @Test
        void when_a_replica_follows_a_newer_term_then_this_one_steps_down_without_a_word_to_replicas() {
            Scenario s = running().pass(10).forget();

            s.say(new ToCoordinator.Finished(new Fence("orders", 3, 8), replica("read-0")));

            assertThat(s.effects()).containsExactly("Running -> Failed");
            assertThat(s.state()).isInstanceOfSatisfying(Failed.class, failed -> {
                assertThat(failed.reason()).isEqualTo(JobFailure.FENCED);
                assertThat(failed.detail()).startsWith("FENCED: term 7 < 8");
            });
        }

        @Test
        void when_inline_state_is_too_large_for_a_manifest_then_the_checkpoint_fails_with_the_sizes() {
            Scenario s = running(config(1, -1, 3)).pass(10).forget().acknowledge(1, "read-0", "count-0", "count-1");
            ReplicaSnapshot large = new ReplicaSnapshot(
                    "write",
                    0,
                    new KeyGroupRange(0, 127),
                    false,
                    List.of(new StateHandle.Inline(new KeyGroupRange(0, 127), new byte[(5 << 20) + 1])),
                    List.of(),
                    SnapshotTimes.NONE);

            s.say(new ToCoordinator.Acknowledge(s.fence(), replica("write-0"), 1, large));

            assertThat(s.effects())
                    .containsExactly("abort 1 STATE_TOO_LARGE", "failed 1 STATE_TOO_LARGE", "store 1 aborted");
        }
    }

    @Nested
    class Failures {
        @Test
        void when_declined_then_all_hear_of_it_and_the_id_is_used_up() {
            Scenario s = running(config(1, -1, 3)).pass(10).forget();

            s.decline(1, "count-1", CheckpointFailure.ALIGNMENT_LIMIT_EXCEEDED);

            assertThat(s.effects())
                    .containsExactly(
                            "abort 1 ALIGNMENT_LIMIT_EXCEEDED", "failed 1 ALIGNMENT_LIMIT_EXCEEDED", "store 1 aborted");
            assertThat(s.answer(DURABLE).pass(10).effects()).containsExactly("trigger 2 PERIODIC");
        }

        @Test
        void when_not_all_answer_in_time_then_timed_out_and_the_missing_are_named() {
            Scenario s = running().pass(10).acknowledge(1, "read-0", "count-1").forget();

            assertThat(s.pass(59).effects()).isEmpty();
            assertThat(s.pass(1).effects())
                    .containsExactly("abort 1 TIMED_OUT", "failed 1 TIMED_OUT", "Running -> Failed");
            assertThat(s.state()).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.detail())
                    .contains("1 in a row, tolerated are 0", "TIMED_OUT", "count-0 write-0"));
        }

        @Test
        void when_none_is_tolerated_then_the_first_fails_the_job() {
            Scenario s = running(config(1, 0, 3)).pass(10).decline(1, "read-0", CheckpointFailure.CAPTURE_FAILED);

            assertThat(s.state()).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.reason())
                    .isEqualTo(JobFailure.CHECKPOINTS_FAILED));
        }

        @Test
        void when_two_are_tolerated_then_the_third_in_a_row_fails_the_job_and_a_success_resets() {
            Scenario s = running(config(1, 2, 3));

            for (long id : List.of(1L, 2L)) {
                s.pass(10)
                        .decline(id, "read-0", CheckpointFailure.CAPTURE_FAILED)
                        .answer(DURABLE);
            }
            s.pass(10).checkpoint(3);
            for (long id : List.of(4L, 5L)) {
                s.pass(10)
                        .decline(id, "read-0", CheckpointFailure.CAPTURE_FAILED)
                        .answer(DURABLE);
            }
            assertThat(s.state()).isInstanceOf(Running.class);
            s.pass(10).decline(6, "read-0", CheckpointFailure.CAPTURE_FAILED);
            assertThat(s.state()).isInstanceOf(Failed.class);
        }

        @Test
        void when_any_number_is_tolerated_then_the_job_goes_on() {
            Scenario s = running(config(1, -1, 0));

            for (long id = 1; id <= 100; id++) {
                s.pass(10)
                        .decline(id, "read-0", CheckpointFailure.UPLOAD_FAILED)
                        .answer(DURABLE);
            }

            assertThat(s.state()).isInstanceOf(Running.class);
        }

        @Test
        void when_the_job_fails_then_others_pending_are_aborted_too() {
            Scenario s = running(config(2, 0, 3)).pass(20).forget();

            s.decline(2, "read-0", CheckpointFailure.SUBSUMED);

            assertThat(s.effects())
                    .containsExactly(
                            "abort 2 SUBSUMED",
                            "failed 2 SUBSUMED",
                            "abort 1 RUN_ENDED",
                            "failed 1 RUN_ENDED",
                            "Running -> Failed");
        }
    }

    @Nested
    class Storing {
        @Test
        void when_the_manifest_is_not_known_to_be_durable_then_nobody_hears_of_completion() {
            Scenario s = running().pass(10).acknowledge(1).forget();

            assertThat(s.answer(UNKNOWN).effects()).isEmpty();
            assertThat(s.pass(1).effects()).containsExactly("store 1 manifest");
            assertThat(s.answer(NOT_APPLIED).effects()).isEmpty();
            assertThat(s.pass(1).effects()).containsExactly("store 1 manifest");
            assertThat(s.answer(DURABLE).effects()).startsWith("completed 1", "complete 1");
        }

        @Test
        void when_the_outcome_is_unknown_for_long_then_it_is_neither_aborted_nor_counted() {
            Scenario s = running().pass(10).acknowledge(1).forget();

            for (int i = 0; i < 200; i++) {
                s.answer(UNKNOWN).pass(1);
            }

            assertThat(s.effects()).hasSize(200).containsOnly("store 1 manifest");
            assertThat(s.state()).isInstanceOf(Running.class);
        }

        @Test
        void when_the_store_refuses_the_manifest_then_the_checkpoint_fails_and_its_id_is_marked() {
            Scenario s = running(config(1, -1, 3)).pass(10).acknowledge(1).forget();

            assertThat(s.answer(NOT_APPLIED).effects())
                    .containsExactly("abort 1 STORE_FAILED", "failed 1 STORE_FAILED", "store 1 aborted");
            assertThat(s.answer(NOT_APPLIED).pass(1).effects()).containsExactly("store 1 aborted");
            assertThat(s.answer(UNKNOWN).pass(1).effects()).containsExactly("store 1 aborted");
            assertThat(s.answer(DURABLE).pass(8).effects()).containsExactly("trigger 2 PERIODIC");
        }

        @Test
        void when_something_else_is_there_then_fenced() {
            Scenario s = running().pass(10).acknowledge(1).forget().answer(FOREIGN);

            assertThat(s.effects()).containsExactly("Running -> Failed");
            assertThat(s.state()).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.reason())
                    .isEqualTo(JobFailure.FENCED));
        }

        @Test
        void when_a_newer_one_is_acknowledged_first_then_it_waits_for_its_turn() {
            Scenario s = running(config(2, -1, 3)).pass(20).forget();

            assertThat(s.acknowledge(2).effects()).isEmpty();
            assertThat(s.acknowledge(1).effects()).containsExactly("store 1 manifest");
            assertThat(s.answer(DURABLE).effects())
                    .containsExactly("completed 1", "complete 1", "collect", "store 2 manifest");
        }

        @Test
        void when_the_older_one_fails_then_its_id_is_filled_before_the_newer_one() {
            Scenario s = running(config(2, -1, 3)).pass(20).acknowledge(2).forget();

            assertThat(s.decline(1, "read-0", CheckpointFailure.CAPTURE_FAILED).effects())
                    .containsExactly("abort 1 CAPTURE_FAILED", "failed 1 CAPTURE_FAILED", "store 1 aborted");
            assertThat(s.answer(DURABLE).effects()).containsExactly("store 2 manifest");
        }

        @Test
        void when_an_answer_is_for_another_id_then_ignored() {
            Scenario s = running().pass(10).acknowledge(1).forget();

            s.tell(new Command.EntryStored(2, DURABLE)).tell(new Command.EntryStored(0, FOREIGN));

            assertThat(s.effects()).isEmpty();
        }
    }

    @Nested
    class Losses {
        @Test
        void when_a_replica_is_lost_then_all_go_back_to_the_newest_after_the_delay_and_the_record() {
            Scenario s = running().pass(10).checkpoint(1).pass(10).forget();

            assertThat(s.fail("count-1").effects())
                    .containsExactly(
                            "abort 2 REPLICA_LOST",
                            "failed 2 REPLICA_LOST",
                            "Running -> BackingOff",
                            "store 2 aborted");
            assertThat(s.answer(DURABLE).pass(1).effects()).isEmpty();
            assertThat(s.pass(1).effects())
                    .containsExactly("BackingOff -> OpeningRun", "run 4 from 1 of run 3 next 3 root 3");
            assertThat(s.answerRun(DURABLE).effects()).containsExactly("OpeningRun -> Running", "restart run 4 from 1");
            assertThat(s.opened().pass(10).effects()).containsExactly("trigger 3 PERIODIC");
        }

        @Test
        void when_somebody_asks_for_a_checkpoint_while_there_is_no_run_then_the_next_one_takes_it() {
            Scenario s = running().fail("read-0").forget();

            s.tell(new Command.RequestCheckpoint(CheckpointKind.REQUESTED));
            assertThat(s.pass(2).answerRun(DURABLE).forget().opened().effects()).containsExactly("trigger 1 REQUESTED");
        }

        @Test
        void when_there_is_no_checkpoint_yet_then_back_to_nothing_as_a_root_of_its_own() {
            Scenario s = running().fail("read-0").forget();

            assertThat(s.pass(2).effects())
                    .containsExactly("BackingOff -> OpeningRun", "run 4 from 0 of run 0 next 1 root 4");
        }

        @Test
        void when_a_manifest_is_under_way_then_recovery_waits_for_it_and_goes_back_to_it() {
            Scenario s = running().pass(10).acknowledge(1).fail("read-0").forget();

            assertThat(s.pass(30).effects()).isEmpty();
            assertThat(s.answer(UNKNOWN).pass(1).effects()).containsExactly("store 1 manifest");
            assertThat(s.answer(DURABLE).effects())
                    .containsExactly(
                            "completed 1",
                            "collect",
                            "BackingOff -> OpeningRun",
                            "run 4 from 1 of run 3 next 2 root 3");
        }

        @Test
        void when_the_run_cannot_be_recorded_then_nothing_restarts_until_it_is() {
            Scenario s = running().fail("read-0").pass(2).forget();

            assertThat(s.answerRun(UNKNOWN).effects()).isEmpty();
            assertThat(s.pass(1).effects()).containsExactly("run 4 from 0 of run 0 next 1 root 4");
            assertThat(s.answerRun(NOT_APPLIED).pass(1).effects())
                    .containsExactly("run 4 from 0 of run 0 next 1 root 4");
            assertThat(s.answerRun(DURABLE).effects()).contains("restart run 4 from 0");
        }

        @Test
        void when_another_coordinator_recorded_the_run_then_fenced() {
            Scenario s = running().fail("read-0").pass(2).answerRun(FOREIGN);

            assertThat(s.state()).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.reason())
                    .isEqualTo(JobFailure.FENCED));
        }

        @Test
        void when_more_are_lost_meanwhile_then_one_recovery() {
            Scenario s = running().fail("read-0").forget().fail("write-0").fail("read-0");

            assertThat(s.effects()).isEmpty();
            s.pass(2).answerRun(DURABLE).forget();
            assertThat(s.tell(new Command.ReplicaLost(3, replica("count-0"), "gone"))
                            .effects())
                    .isEmpty();
            assertThat(s.tell(new Command.ReplicaLost(4, replica("count-0"), "gone"))
                            .effects())
                    .containsExactly("Running -> BackingOff");
        }

        @Test
        void when_lost_again_and_again_then_the_delay_doubles_and_the_attempts_end() {
            Scenario s = running();

            for (int delay : List.of(2, 4, 8)) {
                s.fail("read-0").forget();
                assertThat(s.pass(delay - 1).effects()).isEmpty();
                assertThat(s.pass(1).effects()).hasSize(2);
                s.answerRun(DURABLE).opened();
            }
            s.fail("read-0");

            assertThat(s.state()).isInstanceOfSatisfying(Failed.class, failed -> {
                assertThat(failed.reason()).isEqualTo(JobFailure.RESTARTS_EXHAUSTED);
                assertThat(failed.detail()).contains("3 restarts", "allowed are 3", "read-0", "boom");
            });
        }

        @Test
        void when_a_checkpoint_completes_between_losses_then_attempts_count_anew() {
            Scenario s = running();

            for (long id = 1; id <= 20; id++) {
                s.pass(10)
                        .checkpoint(id)
                        .fail("read-0")
                        .pass(2)
                        .answerRun(DURABLE)
                        .opened();
            }

            assertThat(s.state()).isInstanceOf(Running.class);
        }
    }
}
