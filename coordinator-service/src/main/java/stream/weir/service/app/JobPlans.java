package stream.weir.service.app;

import java.time.Duration;
import stream.weir.api.pipeline.CheckpointConfig;
import stream.weir.coordinator.CoordinatorConfig;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.RestartPolicy;
import stream.weir.coordinator.membership.MembershipConfig;
import stream.weir.coordinator.store.StartOptions;
import stream.weir.definition.PipelineOutline;
import stream.weir.service.JobPlan;

/** From a pipeline's outline and the service's settings to a plan. */
final class JobPlans {
    private static final Duration STORE_RETRY = Duration.ofMillis(500);
    private static final Duration LEAST_GRACE = Duration.ofMinutes(1);
    private static final int MOST_INSTANCES = 10_000;

    private JobPlans() {}

    static PipelineDescription description(PipelineOutline outline) {
        return new PipelineDescription(
                outline.name(),
                outline.stages().stream()
                        .map(stage -> new PipelineDescription.StageDescription(
                                stage.name(), stage.replicas(), stage.sink().isPresent(), stage.revision()))
                        .toList());
    }

    static JobPlan of(PipelineOutline outline, StartOptions start, CoordinatorConfiguration.RecoverySettings recovery) {
        CheckpointConfig checkpoint = outline.checkpoint();
        CoordinatorConfig config = new CoordinatorConfig(
                checkpoint.interval(),
                checkpoint.timeout(),
                checkpoint.minPause(),
                checkpoint.maxConcurrent(),
                checkpoint.tolerableFailures(),
                checkpoint.retained(),
                // Objects are kept for longer than any upload can take.
                checkpoint.timeout().plus(LEAST_GRACE),
                outline.maxParallelism(),
                STORE_RETRY,
                new RestartPolicy(recovery.restarts(), recovery.restartDelay(), recovery.maxRestartDelay()));
        MembershipConfig membership =
                new MembershipConfig(recovery.reconnectGrace(), recovery.takeoverPatience(), MOST_INSTANCES);
        return new JobPlan(description(outline), config, membership, start);
    }
}
