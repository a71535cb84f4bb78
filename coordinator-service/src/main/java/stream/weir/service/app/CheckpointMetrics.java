package stream.weir.service.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import stream.weir.coordinator.status.CheckpointDetail;
import stream.weir.coordinator.status.CheckpointDetail.ReplicaPart;
import stream.weir.coordinator.status.CheckpointView;
import stream.weir.coordinator.status.JobView;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.SnapshotTimes;
import stream.weir.protocol.metric.Metric;
import stream.weir.service.EndedCheckpoints;

/** Counts what checkpoints came to, each once when it has ended. Belongs to one thread. */
final class CheckpointMetrics {
    private static final double NANOS = 1e9;
    private static final double[] BOUNDS = {0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300};

    private final MeterRegistry registry;
    private final Tags tags;
    private final LongFunction<Optional<CheckpointDetail>> details;
    private final EndedCheckpoints checkpoints = new EndedCheckpoints();
    private final Map<CheckpointFailure, Counter> failures = new EnumMap<>(CheckpointFailure.class);

    private CheckpointMetrics(MeterRegistry registry, Tags tags, LongFunction<Optional<CheckpointDetail>> details) {
        this.registry = registry;
        this.tags = tags;
        this.details = details;
    }

    /**
     * With a counter for each reason, so that there is a zero to count from.
     *
     * @param tags of all figures
     * @param details what replicas contributed to a checkpoint of the newest view
     */
    static CheckpointMetrics of(MeterRegistry registry, Tags tags, LongFunction<Optional<CheckpointDetail>> details) {
        CheckpointMetrics metrics = new CheckpointMetrics(registry, tags, details);
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

    void see(JobView view) {
        for (CheckpointView ended : checkpoints.in(view)) {
            ended.failure().map(failures::get).ifPresent(Counter::increment);
            if (ended.failure().isEmpty()) {
                details.apply(ended.id()).ifPresent(detail -> detail.replicas().forEach(this::phases));
            }
        }
    }

    private void phases(ReplicaPart replica) {
        replica.stored().ifPresent(stored -> {
            SnapshotTimes times = stored.times();
            record(replica.stage(), "barrier", times.barrierNanos());
            record(replica.stage(), "alignment", times.alignmentNanos());
            record(replica.stage(), "capture", times.captureNanos());
            record(replica.stage(), "upload", times.uploadNanos());
            record(replica.stage(), "acknowledged", times.acknowledgedNanos());
        });
    }

    private void record(String stage, String phase, long nanos) {
        DistributionSummary.builder(Metric.CHECKPOINT_PHASE.id())
                .description(Metric.CHECKPOINT_PHASE.meaning())
                .tags(tags.and("stage", stage, "phase", phase))
                .serviceLevelObjectives(BOUNDS)
                .register(registry)
                .record(nanos / NANOS);
    }
}
