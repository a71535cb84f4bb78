package stream.weir.wiring;

import java.time.Duration;
import stream.weir.api.pipeline.CheckpointConfig;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.coordinator.CoordinatorConfig;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.PipelineDescription.StageDescription;
import stream.weir.coordinator.RestartPolicy;

/** What a pipeline says, to its coordinator. */
public final class Coordination {
    private static final Duration STORE_RETRY = Duration.ofMillis(500);

    /** Files may be stored half a minute before the checkpoint that names them begins. */
    private static final Duration LEAST_GRACE = Duration.ofMinutes(1);

    private Coordination() {}

    /** Its stages, with as many replicas as it says. */
    public static PipelineDescription description(Pipeline pipeline) {
        return new PipelineDescription(
                pipeline.name(),
                pipeline.stages().stream()
                        .map(stage -> new StageDescription(
                                stage.name(), stage.replicas(), stage.sink().isPresent()))
                        .toList());
    }

    /**
     * When checkpoints are taken, and how many are kept. Objects are kept for longer than any upload can take.
     *
     * @param maxParallelism key groups of the pipeline
     */
    public static CoordinatorConfig config(CheckpointConfig checkpoint, int maxParallelism, RestartPolicy restarts) {
        return new CoordinatorConfig(
                checkpoint.interval(),
                checkpoint.timeout(),
                checkpoint.minPause(),
                checkpoint.maxConcurrent(),
                checkpoint.tolerableFailures(),
                checkpoint.retained(),
                checkpoint.timeout().plus(LEAST_GRACE),
                maxParallelism,
                STORE_RETRY,
                restarts);
    }
}
