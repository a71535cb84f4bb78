package stream.weir.coordinator.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.PipelineDescription.StageDescription;
import stream.weir.coordinator.checkpoint.JobFailure;
import stream.weir.coordinator.checkpoint.LastCheckpoint;
import stream.weir.coordinator.membership.KnownProcess;
import stream.weir.coordinator.membership.Member;
import stream.weir.coordinator.status.CheckpointView.Status;
import stream.weir.coordinator.status.JobView.Phase;
import stream.weir.coordinator.status.JobView.Reason;
import stream.weir.coordinator.status.StageView.Figures;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.SnapshotTimes;
import stream.weir.protocol.checkpoint.StateSize;
import stream.weir.protocol.control.Address;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ReplicaProgress;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.keygroup.KeyGroupRange;

class StatusBoardTest {
    private static final ReplicaId SOURCE = new ReplicaId("in", 0);
    private static final ReplicaId TOTAL = new ReplicaId("total", 0);

    private long now = 5_000;
    private final List<JobView> views = new ArrayList<>();
    private final StatusBoard board = StatusBoard.of(
            new PipelineDescription(
                    "orders", List.of(new StageDescription("in", 1, false), new StageDescription("total", 1, true))),
            () -> Instant.ofEpochMilli(now),
            views::add);

    @Test
    void when_only_some_replicas_are_open_then_the_job_does_not_run_yet() {
        // given
        board.started(fence(1), Optional.empty());
        // when
        board.opened(SOURCE);
        // then
        assertThat(board.view().phase()).isEqualTo(Phase.STARTING);
        // when
        board.opened(TOTAL);
        // then
        assertThat(board.view().phase()).isEqualTo(Phase.RUNNING);
        assertThat(views.getLast()).isEqualTo(board.view());
    }

    @Test
    void when_replicas_go_back_then_cause_and_checkpoint_are_kept_and_all_have_to_open_again() {
        // given
        runs();
        // when
        board.restarting("replica total-0 was lost", fence(2), Optional.of(manifest(7)));
        // then
        assertThat(board.view().phase()).isEqualTo(Phase.RECOVERING);
        assertThat(board.view().recoveries())
                .containsExactly(new JobView.RecoveryView(5_000, "replica total-0 was lost", 2, 7));
        assertThat(board.view().stages().getFirst().replicas().getFirst().opened())
                .isFalse();
    }

    @Test
    void when_a_leader_finds_the_job_stopped_then_the_checkpoint_to_go_on_from_is_named() {
        // when
        board.stopped(LastCheckpoint.NONE, Optional.of(manifest(7)), "nobody was there to stop");
        // then
        assertThat(board.view().phase()).isEqualTo(Phase.STOPPED);
        assertThat(board.view().checkpoints().newest()).map(CheckpointView::id).contains(7L);
    }

    @Test
    void when_progress_is_told_twice_then_rates_are_those_in_between() {
        // given
        runs();
        board.progress(TOTAL, progress(1_000, 0, 0, 1));
        // when
        board.progress(TOTAL, progress(1_500, 1_000_000_000, 500_000_000, 3));
        board.refresh(
                List.of(new Member(TOTAL, Optional.of("p1"), Optional.of(new Address("host", 7)), true)), List.of());
        // then
        StageView.ReplicaView total = board.view().stages().getLast().replicas().getFirst();
        assertThat(total.instance()).contains("p1");
        assertThat(total.address()).contains("host:7");
        Figures figures = total.figures().orElseThrow();
        assertThat(figures.recordsPerSecond()).isEqualTo(250, within(1e-9));
        assertThat(figures.idle()).isEqualTo(0.5, within(1e-9));
        assertThat(figures.blocked()).isEqualTo(0.25, within(1e-9));
        assertThat(figures.busy()).isEqualTo(0.25, within(1e-9));
        assertThat(figures.totals()).isEqualTo(new StageView.Totals(3_000, 1_500, 500));
        assertThat(figures.lag()).contains(9L);
        assertThat(figures.sent()).containsEntry("totals", 1_500L);
    }

    @Test
    void when_checkpoints_end_then_history_has_how() {
        // given
        runs();
        board.checkpointStarted(7);
        board.checkpointStarted(8);
        // when
        board.checkpointCompleted(manifest(7), Duration.ofMillis(40), 1);
        board.checkpointFailed(8, CheckpointFailure.TIMED_OUT, "total-0 has not answered");
        // then
        JobView.Checkpoints checkpoints = board.view().checkpoints();
        assertThat(checkpoints.newest()).map(CheckpointView::id).contains(7L);
        assertThat(checkpoints.history())
                .extracting(CheckpointView::id, CheckpointView::status, CheckpointView::detail)
                .containsExactly(tuple(8L, Status.FAILED, "total-0 has not answered"), tuple(7L, Status.COMPLETED, ""));
        assertThat(checkpoints.inProgress()).isEmpty();
    }

    @Test
    void when_a_checkpoint_fails_then_it_is_still_known_who_had_acknowledged_and_how_long_that_took() {
        // given
        runs();
        board.checkpointStarted(7);
        // when
        board.acknowledged(acknowledge(1, SOURCE, 7));
        board.acknowledged(acknowledge(2, TOTAL, 7)); // of another run
        board.checkpointFailed(7, CheckpointFailure.TIMED_OUT, "total-0 has not answered");
        // then
        CheckpointDetail detail = board.checkpoint(7).orElseThrow();
        assertThat(detail.checkpoint().status()).isEqualTo(Status.FAILED);
        assertThat(detail.replicas())
                .extracting(CheckpointDetail.ReplicaPart::stage, part -> part.stored()
                        .map(stored -> stored.times().uploadNanos()))
                .containsExactly(tuple("in", Optional.of(30L)), tuple("total", Optional.empty()));
        assertThat(board.checkpoint(8)).isEmpty();
    }

    @Test
    void when_a_savepoint_was_asked_for_then_what_became_of_it_is_kept() {
        // when
        board.savepointMade("monday", manifest(7));
        board.savepointFailed("tuesday", "the job does not run");
        // then
        assertThat(board.savepoints())
                .containsExactly(
                        new SavepointView("tuesday", 5_000, SavepointView.Status.FAILED, 0, "the job does not run"),
                        new SavepointView("monday", 5_000, SavepointView.Status.MADE, 7, ""));
    }

    @Test
    void when_there_were_many_checkpoints_then_the_last_sixty_are_kept() {
        // given
        runs();
        // when
        for (long id = 1; id <= 100; id++) {
            board.checkpointCompleted(manifest(id), Duration.ZERO, 0);
        }
        // then
        assertThat(board.view().checkpoints().history()).hasSize(60);
        assertThat(board.view().checkpoints().completed()).isEqualTo(100);
    }

    @Test
    void when_the_job_is_over_then_late_news_do_not_wake_it() {
        // given
        runs();
        board.completed(manifest(9));
        // when
        board.opened(TOTAL);
        // then
        assertThat(board.view().phase()).isEqualTo(Phase.COMPLETED);
    }

    @Test
    void when_processes_come_and_go_then_stages_show_them_and_those_that_wait() {
        // given
        runs();
        // when
        board.refresh(
                List.of(),
                List.of(
                        process("p2", "in", "r1", Optional.of(SOURCE)),
                        process("p1", "in", "r2", Optional.empty()),
                        process("p3", "new", "r1", Optional.empty())));
        // then
        assertThat(board.view().stages())
                .extracting(StageView::name, StageView::wanted)
                .containsExactly(tuple("in", 1), tuple("total", 1), tuple("new", 0));
        assertThat(board.view().stages().getFirst().instances())
                .containsExactly(
                        new StageView.InstanceView("p1", "host:7", "r2", true, Optional.empty()),
                        new StageView.InstanceView("p2", "host:7", "r1", true, Optional.of(0)));
    }

    @Test
    void when_a_run_goes_on_with_all_its_processes_then_the_job_runs() {
        // given
        board.waiting("total has 0 of 1 replica");
        board.tookOver(fence(1), Optional.empty());
        board.opened(SOURCE);
        board.opened(TOTAL);
        // when
        board.waiting("");
        // then
        assertThat(board.view().phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void when_a_process_comes_back_in_time_then_the_job_runs_again_and_not_when_it_was_lost() {
        // given
        runs();
        board.waiting("total has 0 of 1 replica");
        assertThat(board.view().phase()).isEqualTo(Phase.RECOVERING);
        // when
        board.waiting("");
        // then
        assertThat(board.view().phase()).isEqualTo(Phase.RUNNING);
        // when
        board.waiting("total has 0 of 1 replica");
        board.lost("p1", "total", "its connection broke");
        board.goesBack("replica was lost");
        board.waiting("");
        // then
        assertThat(board.view().phase()).isEqualTo(Phase.RECOVERING);
    }

    @Test
    void when_the_run_is_over_then_the_job_recovers_until_the_next_one_has_opened() {
        // given
        runs();
        // when
        board.goesBack("replica in-0 failed: no such column");
        // then
        assertThat(board.view().phase()).isEqualTo(Phase.RECOVERING);
        assertThat(board.view().detail()).isEqualTo("replica in-0 failed: no such column");
        // when
        board.waiting("total has 0 of 1 replica");
        board.waiting("");
        // then
        assertThat(board.view().phase()).isEqualTo(Phase.RECOVERING);
    }

    @Test
    void when_a_replica_is_lost_before_all_have_opened_then_those_of_the_next_run_have_to_open() {
        // given
        board.started(fence(1), Optional.empty());
        board.opened(SOURCE);
        board.goesBack("replica was lost");
        // when
        board.opened(TOTAL);
        // then
        assertThat(board.view().phase()).isEqualTo(Phase.STARTING);
        // when
        board.restarting("replica in-0 was lost", fence(2), Optional.empty());
        board.opened(SOURCE);
        board.opened(TOTAL);
        // then
        assertThat(board.view().phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void when_a_process_that_is_no_replica_is_lost_then_another_one_may_still_come_back_in_time() {
        // given
        runs();
        board.waiting("total has 0 of 1 replica");
        // when
        board.lost("spare", "total", "its connection broke");
        board.waiting("");
        // then
        assertThat(board.view().phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void when_a_job_that_has_ended_is_started_again_then_it_starts_and_runs() {
        // given
        runs();
        board.failed(JobFailure.RESTARTS_EXHAUSTED, "too often", Optional.empty());
        board.waiting("");
        assertThat(board.view().phase()).isEqualTo(Phase.FAILED);
        assertThat(board.view().detail()).contains("too often");
        // when
        board.leads();
        // then
        assertThat(board.view().phase()).isEqualTo(Phase.STARTING);
        assertThat(board.view().detail()).isEmpty();
        // when
        board.started(fence(2), Optional.empty());
        board.opened(SOURCE);
        board.opened(TOTAL);
        // then
        assertThat(board.view().phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void when_a_later_term_begins_in_the_same_process_then_replicas_that_say_again_that_they_are_open_run() {
        // given
        runs();
        PipelineDescription two = new PipelineDescription(
                "orders", List.of(new StageDescription("in", 1, false), new StageDescription("total", 2, true)));
        board.wanted(two, List.of("total has 1 of 2 replicas"));
        board.checkpointStarted(8);
        // when
        board.leads();
        board.waiting("total has 0 of 1 replica");
        // then
        assertThat(board.view().phase()).isEqualTo(Phase.RECOVERING);
        assertThat(board.view().checkpoints().inProgress()).isEmpty();
        assertThat(board.view().stages().getLast().wanted()).isEqualTo(1);
        // when
        board.tookOver(fence(1), Optional.empty());
        board.opened(SOURCE);
        board.opened(TOTAL);
        board.waiting("");
        // then
        assertThat(board.view().phase()).isEqualTo(Phase.RUNNING);
        assertThat(board.view().detail()).isEmpty();
    }

    @Test
    void when_the_next_run_waits_then_the_view_says_for_what_until_it_does_not_any_more() {
        runs();
        PipelineDescription two = new PipelineDescription(
                "orders", List.of(new StageDescription("in", 1, false), new StageDescription("total", 2, true)));

        for (String waiting : List.of("0 of 2 have answered", "1 of 2 have answered")) {
            board.wanted(two, List.of(waiting));
            assertThat(board.view().detail()).isEqualTo("other replicas are wanted: " + waiting);
            assertThat(board.view().phase()).isEqualTo(Phase.RUNNING);
            assertThat(board.view().stages().getLast().wanted()).isEqualTo(2);
        }
        board.wanted(two, List.of());
        assertThat(board.view().detail()).isEmpty();
        assertThat(board.view().reasons()).isEmpty();
    }

    @Test
    void when_a_change_is_refused_then_the_view_has_the_reason_as_long_as_it_says_why() {
        runs();
        PipelineDescription one = new PipelineDescription("orders", List.of(new StageDescription("in", 1, false)));
        board.reshapeRefused(one, "STATE_DROPPED: no stage claims the state of total");
        assertThat(board.view().reasons()).containsExactly(Reason.STATE_DROPPED);
        assertThat(board.view().detail()).isEqualTo("STATE_DROPPED: no stage claims the state of total");
        board.wanted(one, List.of());
        assertThat(board.view().reasons()).isEmpty();
        board.reshapeRefused(one, "STATE_DROPPED: no stage claims the state of total");
        board.leads();
        assertThat(board.view().reasons()).isEmpty();
    }

    @Test
    void when_a_replica_makes_no_progress_then_the_view_has_the_reason_until_it_does_again() {
        runs();
        board.progress(TOTAL, progress(10, 0, 0, 1));
        now += 30_000;
        board.progress(TOTAL, progress(10, 0, 0, 31));
        board.refresh(List.of(), List.of());
        assertThat(board.view().reasons()).containsExactly(Reason.STALLED);
        assertThat(board.view().detail()).startsWith("STALLED: stage total replica 0 has read nothing for 30 s");
        board.progress(TOTAL, progress(11, 0, 0, 32));
        board.refresh(List.of(), List.of());
        assertThat(board.view().reasons()).isEmpty();
        assertThat(board.view().detail()).isEmpty();
    }

    @Test
    void when_the_run_has_other_replicas_then_so_has_the_view() {
        // given
        runs();
        PipelineDescription two = new PipelineDescription(
                "orders", List.of(new StageDescription("in", 1, false), new StageDescription("total", 2, true, "r2")));
        // when
        board.wanted(two, List.of("total has 1 of 2 replicas"));
        // then
        assertThat(board.view().phase()).isEqualTo(Phase.RUNNING);
        assertThat(board.view().detail()).contains("total has 1 of 2 replicas");
        assertThat(board.view().stages().getLast().wanted()).isEqualTo(2);
        assertThat(board.view().stages().getLast().replicas()).hasSize(1);
        // when
        board.wanted(two, List.of());
        board.runs(two);
        board.restarting("other replicas: total 1 -> 2", fence(2), Optional.of(manifest(7)));
        board.opened(SOURCE);
        board.opened(TOTAL);
        // then
        assertThat(board.view().phase()).isEqualTo(Phase.RESHAPING);
        assertThat(board.view().recoveries()).isEmpty();
        assertThat(board.view().stages().getLast().replicas()).hasSize(2);
        assertThat(board.view().revisions()).containsEntry("total", "r2");
        // when
        board.opened(new ReplicaId("total", 1));
        // then
        assertThat(board.view().phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void when_replicas_tell_the_sizes_of_their_states_then_the_newest_checkpoint_has_their_sums_by_name() {
        // given
        runs();
        board.checkpointStarted(7);
        // when
        board.checkpointCompleted(
                new Manifest(
                        "orders",
                        7,
                        1,
                        1,
                        4_000,
                        40,
                        CheckpointKind.PERIODIC,
                        128,
                        List.of(),
                        List.of(
                                sized(0, new StateSize("sum/total", 100, false)),
                                sized(1, new StateSize("sum/total", 20, true)))),
                Duration.ofMillis(40),
                1);
        // then
        assertThat(board.view().checkpoints().newest().orElseThrow().states())
                .containsExactly(new CheckpointView.StateView("total", "sum/total", 120, true));
        assertThat(board.view().checkpoints().history().getFirst().states())
                .as("a history of many would repeat them")
                .isEmpty();
        assertThat(board.checkpoint(7)
                        .orElseThrow()
                        .replicas()
                        .getFirst()
                        .stored()
                        .orElseThrow()
                        .states())
                .containsExactly(new StateSize("sum/total", 100, false));
    }

    @Test
    void when_a_process_is_lost_then_it_is_listed_until_it_is_back() {
        // given
        runs();
        // when
        board.lost("p1", "in", "reset");
        board.lost("p2", "total", "silent");
        // then
        assertThat(board.view().lost())
                .containsExactly(
                        new JobView.LostView("p2", "total", "silent", 5_000),
                        new JobView.LostView("p1", "in", "reset", 5_000));
        // when
        board.came("p1");
        board.refresh(List.of(), List.of());
        // then
        assertThat(board.view().lost()).extracting(JobView.LostView::instance).containsExactly("p2");
    }

    @Test
    void when_many_processes_are_lost_then_the_list_is_bounded() {
        // when
        for (int i = 0; i < 2_000; i++) {
            board.lost("p" + i, "in", "reset");
        }
        // then
        assertThat(board.view().lost()).hasSize(1_000);
        assertThat(board.view().lost().getFirst().instance()).isEqualTo("p1999");
    }

    private static KnownProcess process(String name, String stage, String revision, Optional<ReplicaId> replica) {
        return new KnownProcess(name, stage, revision, new Address("host", 7), true, replica);
    }

    private void runs() {
        board.started(fence(1), Optional.empty());
        board.opened(SOURCE);
        board.opened(TOTAL);
    }

    private static ReplicaProgress progress(long records, long idleNanos, long blockedNanos, long upSeconds) {
        return new ReplicaProgress(
                records,
                idleNanos,
                blockedNanos,
                Long.MIN_VALUE,
                upSeconds * 1_000_000_000,
                Optional.of(9L),
                Map.of("totals", records),
                Map.of());
    }

    private static ToCoordinator.Acknowledge acknowledge(long run, ReplicaId replica, long checkpoint) {
        SnapshotTimes times = new SnapshotTimes(0, 10, 20, 30, 0, 1_000, 100, 0, "");
        return new ToCoordinator.Acknowledge(
                fence(run),
                replica,
                checkpoint,
                new ReplicaSnapshot(
                        replica.stage(),
                        replica.index(),
                        new KeyGroupRange(0, 127),
                        false,
                        List.of(),
                        List.of(),
                        times));
    }

    private static ReplicaSnapshot sized(int replica, StateSize size) {
        return new ReplicaSnapshot(
                "total",
                replica,
                new KeyGroupRange(0, 63),
                false,
                List.of(),
                List.of(),
                SnapshotTimes.NONE,
                List.of(size));
    }

    private static Manifest manifest(long id) {
        return new Manifest("orders", id, 1, 1, 4_000, 40, CheckpointKind.PERIODIC, 128, List.of(), List.of());
    }

    private static Fence fence(long run) {
        return new Fence("orders", run, 1);
    }
}
