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
 * @param partOf the pipeline that this is one of several regions of; empty for all of a pipeline
 * @param regions names of stages by region, as {@link stream.weir.api.pipeline.Regions} has them
 * @param stages in the order of the file
 */
public record PipelineOutline(
        String name,
        int maxParallelism,
        CheckpointConfig checkpoint,
        StateConfig state,
        Optional<RestoreFrom> restoreFrom,
        Optional<String> partOf,
        Map<String, List<String>> regions,
        List<StageOutline> stages) {
    public PipelineOutline {
        stages = List.copyOf(stages);
    }

    /** One region as a pipeline of its own; empty where there is none of that name, or several and none is named. */
    public Optional<PipelineOutline> region(Optional<String> wanted) {
        if (wanted.isEmpty() && regions.size() > 1 || wanted.isPresent() && !regions.containsKey(wanted.get())) {
            return Optional.empty();
        }
        String region = wanted.orElse(name);
        List<String> members = regions.getOrDefault(region, List.of());
        return Optional.of(new PipelineOutline(
                region,
                maxParallelism,
                checkpoint,
                state,
                region.equals(name) ? restoreFrom : Optional.empty(),
                regions.size() > 1 ? Optional.of(name) : partOf,
                Map.of(region, members),
                stages.stream().filter(stage -> members.contains(stage.name())).toList()));
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
