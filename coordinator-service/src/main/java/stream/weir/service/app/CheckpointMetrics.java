package stream.weir.service.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import stream.weir.coordinator.status.CheckpointDetail;
import stream.weir.coordinator.status.CheckpointDetail.ReplicaPart;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.SnapshotTimes;
import stream.weir.protocol.metric.Metric;

/**
 * Counts what checkpoints came to when they have ended. Belongs to one thread, the coordinator's: meters are looked up once for each
 * stage, not for each of thousands of replicas.
 */
final class CheckpointMetrics {
    private static final double NANOS = 1e9;
    private static final double[] BOUNDS = {0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300};

    private final MeterRegistry registry;
    private final Tags tags;
    private final Map<CheckpointFailure, Counter> failures = new EnumMap<>(CheckpointFailure.class);
    private final Map<String, Phases> stages = new HashMap<>();

    private CheckpointMetrics(MeterRegistry registry, Tags tags) {
        this.registry = registry;
        this.tags = tags;
    }

    /**
     * With a counter for each reason, so that there is a zero to count from.
     *
     * @param tags of all figures
     */
    static CheckpointMetrics of(MeterRegistry registry, Tags tags) {
        CheckpointMetrics metrics = new CheckpointMetrics(registry, tags);
        for (CheckpointFailure reason : CheckpointFailure.values()) {
            metrics.failures.put(
                    reason,
                    Counter.builder(Metric.CHECKPOINT_FAILED.id())
                            .description(Metric.CHECKPOINT_FAILED.meaning())
                            .tags(tags.and("reason", reason.name()))
                            .register(registry));
        }
        return metrics;
    }

    /** To be told of each checkpoint once. */
    void ended(CheckpointDetail ended) {
        ended.checkpoint().failure().map(failures::get).ifPresent(Counter::increment);
        if (ended.checkpoint().failure().isEmpty()) {
            ended.replicas().forEach(this::count);
        }
    }

    private void count(ReplicaPart replica) {
        replica.stored().ifPresent(stored -> stages.computeIfAbsent(replica.stage(), this::phases)
                .record(stored.times()));
    }

    /** The summaries of one stage. */
    private record Phases(
            DistributionSummary barrier,
            DistributionSummary alignment,
            DistributionSummary capture,
            DistributionSummary upload,
            DistributionSummary acknowledged) {
        void record(SnapshotTimes times) {
            barrier.record(times.barrierNanos() / NANOS);
            alignment.record(times.alignmentNanos() / NANOS);
            capture.record(times.captureNanos() / NANOS);
            upload.record(times.uploadNanos() / NANOS);
            acknowledged.record(times.acknowledgedNanos() / NANOS);
        }
    }

    private Phases phases(String stage) {
        return new Phases(
                summary(stage, "barrier"),
                summary(stage, "alignment"),
                summary(stage, "capture"),
                summary(stage, "upload"),
                summary(stage, "acknowledged"));
    }

    private DistributionSummary summary(String stage, String phase) {
        return DistributionSummary.builder(Metric.CHECKPOINT_PHASE.id())
                .description(Metric.CHECKPOINT_PHASE.meaning())
                .tags(tags.and("stage", stage, "phase", phase))
                .serviceLevelObjectives(BOUNDS)
                .register(registry);
    }
}
