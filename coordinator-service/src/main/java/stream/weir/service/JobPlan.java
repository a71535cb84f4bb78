package stream.weir.service;

import stream.weir.coordinator.CoordinatorConfig;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.membership.MembershipConfig;
import stream.weir.coordinator.store.StartOptions;

/**
 * What is coordinated, and how.
 *
 * @param start where the job begins when it begins
 */
public record JobPlan(
        PipelineDescription pipeline, CoordinatorConfig config, MembershipConfig membership, StartOptions start) {}
