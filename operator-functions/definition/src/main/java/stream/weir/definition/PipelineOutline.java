package stream.weir.definition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** The revision of each stage. */
    public Map<String, String> revisions() {
        Map<String, String> revisions = new LinkedHashMap<>();
        stages.forEach(stage -> revisions.put(stage.name(), stage.revision()));
        return Collections.unmodifiableMap(revisions);
    }

    /**
     * @param revision a short name for all in the file that processes of the stage depend on: ten hexadecimal digits, which change
     *     when something of that changes
     * @param replicas how many the stage has at first
     * @param inputs names of the stages that it reads
     * @param sink type of the connector that it writes to, where it does
     */
    public record StageOutline(String name, String revision, int replicas, List<String> inputs, Optional<String> sink) {
        public StageOutline {
            inputs = List.copyOf(inputs);
        }
    }
}
