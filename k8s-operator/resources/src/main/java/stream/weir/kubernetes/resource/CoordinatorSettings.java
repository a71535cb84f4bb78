package stream.weir.kubernetes.resource;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pods that coordinate the pipeline. */
@Part
public record CoordinatorSettings(
        @JsonPropertyDescription(
                "1, unless told, or 2: one leads, the other takes over at once. Data flow on either way while none leads.")
        @Min(1)
        @Max(2)
        @Nullable
        Integer replicas,

        @JsonPropertyDescription("Image of the coordinator; that of the operator's settings unless told.")
        @Size(max = 512)
        @Nullable
        String image,

        @JsonPropertyDescription("Pod template that is merged over the pipeline's one.")
        @PreserveUnknownFields
        @Nullable
        Map<String, Object> template) {}
