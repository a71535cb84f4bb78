package stream.weir.kubernetes.resource;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Which checkpoint it is. */
@Part
@ValidationRule(value = "self == oldSelf", message = "a checkpoint cannot be changed")
public record CheckpointSpec(
        @JsonPropertyDescription("Name of the StreamPipeline that it is of.") @Required @Size(max = 63)
        String pipeline,

        @JsonPropertyDescription("Its number.") @Required @Min(1)
        long id,

        @JsonPropertyDescription("The run that it was taken in.") @Nullable
        Long run,

        @JsonPropertyDescription("Where its document is in the store.") @Required @Size(max = 2048)
        String uri,

        @JsonPropertyDescription("The region that it is of, where the pipeline has several.") @Size(max = 63) @Nullable
        String region) {}
