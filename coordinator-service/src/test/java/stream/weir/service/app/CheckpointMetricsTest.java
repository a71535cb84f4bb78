package stream.weir.service.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.PipelineDescription.StageDescription;
import stream.weir.coordinator.status.JobView;
import stream.weir.coordinator.status.StatusBoard;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.SnapshotTimes;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.protocol.metric.Metric;
import stream.weir.service.EndedCheckpoints;

/** What checkpoints came to, as figures. */
class CheckpointMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final StatusBoard board = StatusBoard.of(
            new PipelineDescription("orders", List.of(new StageDescription("in", 1, false))),
            () -> Instant.ofEpochMilli(5_000),
            this::changed);
    private final EndedCheckpoints ended = new EndedCheckpoints(board::checkpoint);

    @BeforeEach
    void listen() {
        CheckpointMetrics metrics = CheckpointMetrics.of(registry, Tags.of("pipeline", "orders"));
        ended.listen((view, checkpoint) -> metrics.ended(checkpoint));
    }

    @Test
    void when_checkpoints_fail_then_each_is_counted_once_by_its_reason() {
        // given
        board.started(new Fence("orders", 1, 1), Optional.empty());
        // when
        board.checkpointFailed(1, CheckpointFailure.TIMED_OUT, "");
        board.checkpointFailed(2, CheckpointFailure.TIMED_OUT, "");
        board.checkpointFailed(3, CheckpointFailure.UPLOAD_FAILED, "");
        board.refresh(List.of(), List.of());
        // then
        assertThat(failed(CheckpointFailure.TIMED_OUT)).isEqualTo(2);
        assertThat(failed(CheckpointFailure.UPLOAD_FAILED)).isEqualTo(1);
        assertThat(failed(CheckpointFailure.FENCED)).as("there from the start").isZero();
    }

    @Test
    void when_a_checkpoint_is_complete_then_the_phases_of_its_replicas_are_counted_in_seconds() {
        // given
        board.started(new Fence("orders", 1, 1), Optional.empty());
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
                        8,
                        List.of(),
                        List.of(replica(0), replica(1))),
                Duration.ofMillis(40),
                1);
        board.refresh(List.of(), List.of());
        // then
        DistributionSummary uploads = registry.get(Metric.CHECKPOINT_PHASE.id())
                .tags("pipeline", "orders", "stage", "in", "phase", "upload")
                .summary();
        assertThat(uploads.count()).isEqualTo(2);
        assertThat(uploads.totalAmount()).isCloseTo(0.5, within(1e-9));
    }

    private void changed(JobView view) {
        ended.accept(view);
    }

    private double failed(CheckpointFailure reason) {
        return registry.get(Metric.CHECKPOINT_FAILED.id())
                .tags("reason", reason.name())
                .counter()
                .count();
    }

    private static ReplicaSnapshot replica(int index) {
        return new ReplicaSnapshot(
                "in",
                index,
                new KeyGroupRange(0, 3),
                false,
                List.of(),
                List.of(),
                new SnapshotTimes(0, 0, 1_000_000, 250_000_000, 300_000_000, 1, 1, 0, ""));
    }
}
