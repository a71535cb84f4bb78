package stream.weir.kubernetes.resource;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** How a changed pipeline takes the place of the running one. */
@Part
public record UpgradePolicy(
        @JsonPropertyDescription(
                "How long the pods of a change may take to come up before it counts as stuck, as 5m. The old run goes on meanwhile.")
        @Pattern(Schemas.DURATION)
        @Size(max = 20)
        @Nullable
        String progressDeadline,

        @JsonPropertyDescription(
                "Whether the states that changed stages declare are compared with the last checkpoint before anything is changed; true unless told.")
        @Nullable
        Boolean checkState) {}
