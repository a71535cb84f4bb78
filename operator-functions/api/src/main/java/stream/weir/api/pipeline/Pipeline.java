package stream.weir.api.pipeline;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A graph of stages and how it is checkpointed.
 *
 * @param name a DNS label
 * @param maxParallelism number of key groups, 1 to 32768; fixed for the pipeline's life
 */
public record Pipeline(
        String name,
        int maxParallelism,
        CheckpointConfig checkpoint,
        StateConfig state,
        Optional<RestoreFrom> restoreFrom,
        List<Stage> stages) {
    public static final int DEFAULT_MAX_PARALLELISM = 128;

    public Pipeline {
        stages = List.copyOf(stages);
    }

    /**
     * @throws IllegalArgumentException when there is no stage of that name
     */
    public Stage stage(String stageName) {
        return stages.stream()
                .filter(stage -> stage.name().equals(stageName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no stage " + stageName + " in pipeline " + name));
    }

    /**
     * The same pipeline with other numbers of replicas.
     *
     * @param replicas by stage; a stage that is not named keeps its own
     */
    public Pipeline withReplicas(Map<String, Integer> replicas) {
        List<Stage> scaled = stages.stream()
                .map(stage -> stage.withReplicas(replicas.getOrDefault(stage.name(), stage.replicas())))
                .toList();
        return new Pipeline(name, maxParallelism, checkpoint, state, restoreFrom, scaled);
    }
}
