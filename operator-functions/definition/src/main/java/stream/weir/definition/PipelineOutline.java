package stream.weir.definition;

import java.util.List;
import java.util.Optional;
import stream.weir.api.pipeline.CheckpointConfig;
import stream.weir.api.pipeline.RestoreFrom;
import stream.weir.api.pipeline.StateConfig;

/**
 * What a pipeline file says, without its steps: what a coordinator has to know. Needs none of the connectors and functions that
 * the file names.
 *
 * @param stages in the order of the file
 */
public record PipelineOutline(
        String name,
        int maxParallelism,
        CheckpointConfig checkpoint,
        StateConfig state,
        Optional<RestoreFrom> restoreFrom,
        List<StageOutline> stages) {
    public PipelineOutline {
        stages = List.copyOf(stages);
    }

    /**
     * @param inputs names of the stages that it reads
     * @param sink type of the connector that it writes to, where it does
     */
    public record StageOutline(String name, int replicas, List<String> inputs, Optional<String> sink) {
        public StageOutline {
            inputs = List.copyOf(inputs);
        }
    }
}
