package stream.weir.service.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.PipelineDescription.StageDescription;
import stream.weir.coordinator.membership.Member;
import stream.weir.coordinator.status.JobView;
import stream.weir.coordinator.status.StatusBoard;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.SnapshotTimes;
import stream.weir.protocol.control.Address;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.service.EndedCheckpoints;

/** What a job's course becomes in a trace. */
class JobTracesTest {
    private static final ReplicaId SOURCE = new ReplicaId("in", 0);
    private static final ReplicaId TOTAL = new ReplicaId("total", 0);
    private static final PipelineDescription ORDERS = new PipelineDescription(
            "orders", List.of(new StageDescription("in", 1, false), new StageDescription("total", 1, true)));

    private final List<TraceSpan> spans = new ArrayList<>();
    private long now = 1_000;
    private final StatusBoard board = StatusBoard.of(ORDERS, () -> Instant.ofEpochMilli(now), this::changed);
    private final JobTraces traces = new JobTraces(spans::add);
    private final EndedCheckpoints ended = new EndedCheckpoints(board::checkpoint);

    @BeforeEach
    void listen() {
        ended.listen(traces::ended);
    }

    @Test
    void when_a_checkpoint_is_complete_then_it_has_a_span_with_the_phases_of_each_replica() {
        // given
        runs(1);
        at(2_000);
        board.checkpointStarted(7);
        // when
        at(2_040);
        board.checkpointCompleted(
                manifest(7, snapshot(SOURCE, times(0, 0, 1, 4, 10)), snapshot(TOTAL, times(5, 12, 2, 8, 35))),
                Duration.ofMillis(40),
                1);
        // then
        TraceSpan checkpoint = only("checkpoint");
        assertThat(millis(checkpoint)).isEqualTo("2000-2040");
        assertThat(checkpoint.error()).isEmpty();
        assertThat(checkpoint.texts())
                .containsEntry("weir.pipeline", "orders")
                .containsEntry("weir.checkpoint.kind", "PERIODIC");
        assertThat(checkpoint.numbers()).containsEntry("weir.checkpoint.id", 7L).containsEntry("weir.run", 1L);
        assertThat(checkpoint.parts())
                .extracting(part -> part.texts().get("weir.stage"), JobTracesTest::millis)
                .containsExactly(tuple("in", "2000-2010"), tuple("total", "2000-2035"));
        assertThat(checkpoint.parts().getFirst().parts())
                .extracting(TraceSpan::name, JobTracesTest::millis)
                .containsExactly(
                        tuple("capture", "2000-2001"), tuple("upload", "2001-2005"), tuple("acknowledge", "2005-2010"));
        assertThat(checkpoint.parts().getLast().parts())
                .extracting(TraceSpan::name, JobTracesTest::millis)
                .containsExactly(
                        tuple("barrier", "2000-2005"),
                        tuple("alignment", "2005-2017"),
                        tuple("capture", "2017-2019"),
                        tuple("upload", "2019-2027"),
                        tuple("acknowledge", "2027-2035"));
        assertThat(checkpoint.parts().getLast().parts().get(1).texts()).containsEntry("weir.link", "in-0");
    }

    @Test
    void when_a_checkpoint_fails_then_its_span_says_why_and_who_has_not_answered() {
        // given
        runs(1);
        at(2_000);
        board.checkpointStarted(7);
        at(2_010);
        board.acknowledged(new ToCoordinator.Acknowledge(fence(1), SOURCE, 7, snapshot(SOURCE, times(0, 0, 1, 4, 0))));
        // when
        at(2_500);
        board.checkpointFailed(7, CheckpointFailure.TIMED_OUT, "total-0 is missing");
        // then
        TraceSpan checkpoint = only("checkpoint");
        assertThat(millis(checkpoint)).isEqualTo("2000-2500");
        assertThat(checkpoint.error()).contains("TIMED_OUT: total-0 is missing");
        assertThat(checkpoint.texts()).containsEntry("weir.checkpoint.failure", "TIMED_OUT");
        assertThat(checkpoint.parts())
                .extracting(JobTracesTest::millis, TraceSpan::error)
                .containsExactly(
                        tuple("2000-2010", Optional.empty()),
                        tuple("2000-2500", Optional.of("stage total replica 0 has not answered")));
    }

    @Test
    void when_views_repeat_what_has_ended_then_it_has_one_span() {
        // given
        runs(1);
        for (long id = 1; id <= 200; id++) {
            board.checkpointStarted(id);
            board.checkpointFailed(id, CheckpointFailure.TIMED_OUT, "");
        }
        // when
        board.refresh(List.of(), List.of());
        // then
        assertThat(spans)
                .hasSize(200)
                .extracting(span -> span.numbers().get("weir.checkpoint.id"))
                .doesNotHaveDuplicates();
    }

    @Test
    void when_a_process_is_lost_then_the_recovery_lasts_from_its_loss_until_all_are_at_work() {
        // given
        runs(1);
        board.refresh(
                List.of(new Member(TOTAL, Optional.of("pod-1"), Optional.of(new Address("host", 7)), true)), List.of());
        // when
        at(3_000);
        board.lost("pod-1", "total", "connection broke");
        at(3_200);
        board.restarting("stage total replica 0 was lost", fence(2), Optional.of(manifest(6)));
        at(3_700);
        opens();
        // then
        TraceSpan recovery = only("recovery");
        assertThat(millis(recovery)).isEqualTo("3000-3700");
        assertThat(recovery.error()).isEmpty();
        assertThat(recovery.texts()).containsEntry("weir.recovery.cause", "stage total replica 0 was lost");
        assertThat(recovery.numbers()).containsEntry("weir.run", 2L).containsEntry("weir.checkpoint.id", 6L);
    }

    @Test
    void when_a_spare_was_lost_before_then_the_recovery_does_not_begin_with_it() {
        // given
        runs(1);
        board.lost("spare", "total", "connection broke");
        // when
        at(9_000);
        board.restarting("stage total replica 0 failed", fence(2), Optional.empty());
        at(9_500);
        opens();
        // then
        assertThat(millis(only("recovery"))).isEqualTo("9000-9500");
    }

    @Test
    void when_a_recovery_is_broken_off_then_it_ends_with_an_error_and_the_next_one_has_a_span_too() {
        // given
        runs(1);
        at(2_000);
        board.restarting("first", fence(2), Optional.empty());
        // when
        at(2_400);
        board.restarting("second", fence(3), Optional.empty());
        at(2_900);
        opens();
        // then
        assertThat(spans)
                .extracting(span -> span.texts().get("weir.recovery.cause"), JobTracesTest::millis, TraceSpan::error)
                .containsExactly(
                        tuple("first", "2000-2400", Optional.of("run 3 had to begin before all were at work")),
                        tuple("second", "2400-2900", Optional.empty()));
    }

    @Test
    void when_other_replicas_are_wanted_then_that_is_no_recovery() {
        // given
        runs(1);
        // when
        board.restarting("other replicas: total 2", fence(2), Optional.empty());
        opens();
        // then
        assertThat(spans).isEmpty();
    }

    private void changed(JobView view) {
        ended.accept(view);
        traces.accept(view);
    }

    private void runs(long run) {
        board.started(fence(run), Optional.empty());
        opens();
    }

    private void opens() {
        board.opened(SOURCE);
        board.opened(TOTAL);
    }

    private void at(long millis) {
        now = millis;
    }

    private TraceSpan only(String name) {
        assertThat(spans).hasSize(1);
        assertThat(spans.getFirst().name()).isEqualTo(name);
        return spans.getFirst();
    }

    private static String millis(TraceSpan span) {
        return TimeUnit.NANOSECONDS.toMillis(span.startNanos()) + "-" + TimeUnit.NANOSECONDS.toMillis(span.endNanos());
    }

    private static Fence fence(long run) {
        return new Fence("orders", run, 1);
    }

    private static SnapshotTimes times(long barrier, long alignment, long capture, long upload, long acknowledged) {
        return new SnapshotTimes(
                barrier * 1_000_000,
                alignment * 1_000_000,
                capture * 1_000_000,
                upload * 1_000_000,
                acknowledged * 1_000_000,
                100,
                10,
                0,
                alignment > 0 ? "in-0" : "");
    }

    private static ReplicaSnapshot snapshot(ReplicaId of, SnapshotTimes times) {
        return new ReplicaSnapshot(of.stage(), of.index(), new KeyGroupRange(0, 7), false, List.of(), List.of(), times);
    }

    private Manifest manifest(long id, ReplicaSnapshot... replicas) {
        return new Manifest("orders", id, 1, 1, 2_000, 40, CheckpointKind.PERIODIC, 8, List.of(), List.of(replicas));
    }
}
