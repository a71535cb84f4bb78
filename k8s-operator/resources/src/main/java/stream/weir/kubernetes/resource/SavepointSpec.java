package stream.weir.kubernetes.resource;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Which pipeline shall be saved. */
@Part
@ValidationRule(value = "self.pipeline == oldSelf.pipeline", message = "pipeline cannot be changed")
public record SavepointSpec(
        @JsonPropertyDescription("Name of a StreamPipeline in this namespace.") @Required @Size(max = 63)
        String pipeline) {}
