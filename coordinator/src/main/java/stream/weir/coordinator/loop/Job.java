package stream.weir.coordinator.loop;

import stream.weir.coordinator.CoordinatorConfig;
import stream.weir.coordinator.PipelineDescription;

/**
 * What is coordinated.
 *
 * @param counts which numbers of replicas a start begins with
 * @param home tells pipelines of one name apart where they might share a folder of the store; empty for nothing
 */
public record Job(PipelineDescription pipeline, CoordinatorConfig config, Counts counts, String home) {
    public Job(PipelineDescription pipeline, CoordinatorConfig config, Counts counts) {
        this(pipeline, config, counts, "");
    }

    /** A pipeline whose numbers of replicas are those of the plan. */
    public Job(PipelineDescription pipeline, CoordinatorConfig config) {
        this(pipeline, config, Counts.OF_PLAN);
    }
}
