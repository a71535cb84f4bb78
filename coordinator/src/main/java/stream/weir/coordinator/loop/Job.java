package stream.weir.coordinator.loop;

import stream.weir.coordinator.CoordinatorConfig;
import stream.weir.coordinator.PipelineDescription;

/**
 * What is coordinated.
 *
 * @param counts which numbers of replicas a start begins with
 */
public record Job(PipelineDescription pipeline, CoordinatorConfig config, Counts counts) {
    /** A pipeline whose numbers of replicas are those of the plan. */
    public Job(PipelineDescription pipeline, CoordinatorConfig config) {
        this(pipeline, config, Counts.OF_PLAN);
    }
}
