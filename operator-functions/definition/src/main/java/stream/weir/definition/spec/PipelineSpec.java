package stream.weir.definition.spec;

import java.util.List;
import java.util.Optional;
import stream.weir.api.pipeline.CheckpointConfig;
import stream.weir.api.pipeline.RestoreFrom;
import stream.weir.api.pipeline.StateConfig;

/** A whole file. Parts that could not be read are at their defaults; the problems say so. */
public record PipelineSpec(
        String name,
        int maxParallelism,
        CheckpointConfig checkpoint,
        StateConfig state,
        Optional<RestoreFrom> restoreFrom,
        List<StageSpec> stages) {}
