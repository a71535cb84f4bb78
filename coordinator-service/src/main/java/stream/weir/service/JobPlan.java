package stream.weir.service;

import stream.weir.coordinator.CoordinatorConfig;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.membership.MembershipConfig;
import stream.weir.coordinator.store.StartOptions;

/**
 * What is coordinated, and how.
 *
 * @param start where the job begins when it begins
 * @param home see {@link stream.weir.coordinator.loop.Job}
 */
public record JobPlan(
        PipelineDescription pipeline,
        CoordinatorConfig config,
        MembershipConfig membership,
        StartOptions start,
        String home) {
    public JobPlan(
            PipelineDescription pipeline, CoordinatorConfig config, MembershipConfig membership, StartOptions start) {
        this(pipeline, config, membership, start, "");
    }

    /** The same at home there. */
    public JobPlan at(String place) {
        return new JobPlan(pipeline, config, membership, start, place);
    }
}
