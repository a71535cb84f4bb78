package stream.weir.service.app;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.function.ToDoubleFunction;
import stream.weir.coordinator.status.CheckpointView;
import stream.weir.coordinator.status.JobView;
import stream.weir.coordinator.status.JobView.Phase;

/** Figures of the job, for Prometheus; of a coordinator that waits they are those of a job that has not begun. */
@ApplicationScoped
class CoordinatorMetrics {
    private static final double MILLIS = 1e3;

    private final CoordinatorService service;
    private final MeterRegistry registry;

    @Inject
    CoordinatorMetrics(CoordinatorService service, MeterRegistry registry) {
        this.service = service;
        this.registry = registry;
    }

    void register(@Observes StartupEvent event) {
        Tags tags = Tags.of("pipeline", service.pipeline());
        gauge(
                "weir.coordinator.leads",
                "1 when this process leads",
                tags,
                view -> service.control().leads() ? 1 : 0);
        gauge(
                "weir.job.running",
                "1 when all replicas are at work",
                tags,
                view -> view.phase() == Phase.RUNNING ? 1 : 0);
        gauge("weir.job.run", "The present run", tags, JobView::run);
        gauge("weir.job.term", "The present term", tags, JobView::term);
        gauge("weir.checkpoint.newest", "Id of the newest complete checkpoint", tags, view -> view.checkpoints()
                .newest()
                .map(CheckpointView::id)
                .orElse(0L));
        gauge(
                "weir.checkpoint.newest.timestamp.seconds",
                "When the newest complete checkpoint began, seconds since the epoch",
                tags,
                view -> view.checkpoints()
                        .newest()
                        .map(newest -> newest.atMillis() / MILLIS)
                        .orElse(Double.NaN));
        gauge(
                "weir.checkpoint.newest.duration.seconds",
                "From its trigger to its manifest",
                tags,
                view -> view.checkpoints()
                        .newest()
                        .map(newest -> newest.durationMillis() / MILLIS)
                        .orElse(Double.NaN));
        gauge("weir.checkpoint.newest.bytes", "All state that it refers to", tags, view -> view.checkpoints()
                .newest()
                .map(CheckpointView::stateBytes)
                .orElse(0L));
        gauge("weir.checkpoint.newest.uploaded.bytes", "What was written for it", tags, view -> view.checkpoints()
                .newest()
                .map(CheckpointView::uploadedBytes)
                .orElse(0L));
        gauge("weir.checkpoint.in.progress", "Checkpoints under way", tags, view -> view.checkpoints()
                .inProgress()
                .size());
        counter(
                "weir.checkpoint.completed",
                "Complete checkpoints since this process leads",
                tags,
                view -> view.checkpoints().completed());
        counter(
                "weir.checkpoint.failed",
                "Checkpoints that failed since this process leads",
                tags,
                view -> view.checkpoints().failed());
    }

    private void gauge(String name, String meaning, Tags tags, ToDoubleFunction<JobView> value) {
        Gauge.builder(name, this, metrics -> metrics.read(value))
                .description(meaning)
                .tags(tags)
                .register(registry);
    }

    private void counter(String name, String meaning, Tags tags, ToDoubleFunction<JobView> value) {
        FunctionCounter.builder(name, this, metrics -> metrics.read(value))
                .description(meaning)
                .tags(tags)
                .register(registry);
    }

    private double read(ToDoubleFunction<JobView> value) {
        return value.applyAsDouble(service.control().view());
    }
}
