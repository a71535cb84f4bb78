package stream.weir.service.app;

import stream.weir.coordinator.CoordinatorConfig;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.RestartPolicy;
import stream.weir.coordinator.membership.MembershipConfig;
import stream.weir.coordinator.store.StartOptions;
import stream.weir.definition.PipelineOutline;
import stream.weir.service.JobPlan;
import stream.weir.wiring.Coordination;

/** From a pipeline's outline and the service's settings to a plan. */
final class JobPlans {
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
        CoordinatorConfig config = Coordination.config(
                outline.checkpoint(),
                outline.maxParallelism(),
                new RestartPolicy(recovery.restarts(), recovery.restartDelay(), recovery.maxRestartDelay()));
        MembershipConfig membership = new MembershipConfig(
                recovery.reconnectGrace(), recovery.takeoverPatience(), recovery.preparePatience(), MOST_INSTANCES);
        return new JobPlan(description(outline), config, membership, start);
    }
}
