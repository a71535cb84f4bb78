package stream.weir.kubernetes.resource;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Which pipeline it is about, and which region of it. */
@Part
@ValidationRule(value = "self.pipeline == oldSelf.pipeline", message = "pipeline cannot be changed")
public record CoordinatorSpec(
        @JsonPropertyDescription("Name of the StreamPipeline.") @Required @Size(max = 63)
        String pipeline,

        @JsonPropertyDescription("The region that it coordinates, where the pipeline has several.")
        @Size(max = 63)
        @Nullable
        String region) {}
