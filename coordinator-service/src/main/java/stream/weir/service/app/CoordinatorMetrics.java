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
import stream.weir.coordinator.status.JobView.Reason;
import stream.weir.coordinator.status.StageView;
import stream.weir.protocol.metric.Metric;

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
        export(Metric.COORDINATOR_LEADS, view -> service.control().leads() ? 1 : 0);
        export(Metric.JOB_RUNNING, view -> view.phase() == Phase.RUNNING ? 1 : 0);
        export(Metric.JOB_STALLED, view -> view.reasons().contains(Reason.STALLED) ? 1 : 0);
        export(Metric.JOB_RUN, JobView::run);
        export(Metric.JOB_TERM, JobView::term);
        export(Metric.CHECKPOINT_NEWEST, view -> newest(view, CheckpointView::id));
        export(Metric.CHECKPOINT_NEWEST_TIME, view -> newest(view, newest -> newest.atMillis() / MILLIS));
        export(Metric.CHECKPOINT_NEWEST_DURATION, view -> newest(view, newest -> newest.durationMillis() / MILLIS));
        export(Metric.CHECKPOINT_NEWEST_BYTES, view -> newest(view, CheckpointView::stateBytes));
        export(Metric.CHECKPOINT_NEWEST_UPLOADED, view -> newest(view, CheckpointView::uploadedBytes));
        export(
                Metric.CHECKPOINT_IN_PROGRESS,
                view -> view.checkpoints().inProgress().size());
        export(Metric.CHECKPOINT_OLDEST_AGE, view -> view.checkpoints().inProgress().stream()
                .mapToDouble(each -> Math.max(0, System.currentTimeMillis() - each.atMillis()) / MILLIS)
                .max()
                .orElse(0));
        export(Metric.CHECKPOINT_COMPLETED, view -> view.checkpoints().completed());
        CheckpointMetrics checkpoints = CheckpointMetrics.of(registry, tags());
        service.ended().listen((view, ended) -> checkpoints.ended(ended));
        for (String stage : service.stages()) {
            Tags ofStage = tags().and("stage", stage);
            export(
                    Metric.JOB_REPLICAS,
                    ofStage,
                    view -> stage(view, stage, each -> each.replicas().size()));
            export(Metric.JOB_WANTED_REPLICAS, ofStage, view -> stage(view, stage, StageView::wanted));
            export(
                    Metric.CHECKPOINT_NEWEST_STATE,
                    ofStage,
                    view -> newest(view, newest -> newest.stages().getOrDefault(stage, 0L)));
        }
    }

    private static double newest(JobView view, ToDoubleFunction<CheckpointView> of) {
        return view.checkpoints().newest().map(of::applyAsDouble).orElse(Double.NaN);
    }

    private static double stage(JobView view, String name, ToDoubleFunction<StageView> of) {
        return view.stages().stream()
                .filter(stage -> stage.name().equals(name))
                .findFirst()
                .map(of::applyAsDouble)
                .orElse(Double.NaN);
    }

    private Tags tags() {
        return Tags.of("pipeline", service.pipeline());
    }

    private void export(Metric metric, ToDoubleFunction<JobView> value) {
        export(metric, tags(), value);
    }

    private void export(Metric metric, Tags tags, ToDoubleFunction<JobView> value) {
        switch (metric.kind()) {
            case GAUGE ->
                Gauge.builder(metric.id(), this, metrics -> metrics.read(value))
                        .description(metric.meaning())
                        .tags(tags)
                        .register(registry);
            case COUNTER ->
                FunctionCounter.builder(metric.id(), this, metrics -> metrics.read(value))
                        .description(metric.meaning())
                        .tags(tags)
                        .register(registry);
            case HISTOGRAM -> throw new IllegalArgumentException(metric + " is counted when something has happened");
        }
    }

    private double read(ToDoubleFunction<JobView> value) {
        return value.applyAsDouble(service.control().view());
    }
}
