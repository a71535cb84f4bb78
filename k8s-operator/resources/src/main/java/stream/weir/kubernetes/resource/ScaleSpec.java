package stream.weir.kubernetes.resource;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How the number of replicas follows the load. */
@Part
@ValidationRule(
        value = "!has(self.min) || !has(self.max) || self.min <= self.max",
        message = "scale.min is not greater than scale.max")
public record ScaleSpec(
        @JsonPropertyDescription(
                "Auto changes the number of replicas, Recommend only says in status which it would be, Off (unless told) does neither.")
        @Nullable
        ScaleMode mode,

        @JsonPropertyDescription("Fewest replicas; 1 unless told.") @Min(1) @Max(32768) @Nullable
        Integer min,

        @JsonPropertyDescription("Most replicas; maxParallelism unless told.") @Min(1) @Max(32768) @Nullable
        Integer max,

        @JsonPropertyDescription(
                "Share of its time that a replica shall be busy, more than 0 and at most 1; 0.7 unless told.")
        @Min(0.01)
        @Max(1)
        @Nullable
        Double targetUtilization,

        @JsonPropertyDescription(
                "How far utilization may be from the target before anything is changed; 0.15 unless told.")
        @Min(0)
        @Max(1)
        @Nullable
        Double tolerance,

        @JsonPropertyDescription("In which time a backlog shall be worked off, as 5m.")
        @Pattern(Schemas.DURATION)
        @Size(max = 20)
        @Nullable
        String catchUp,

        @JsonPropertyDescription("How long load has to be higher before replicas are added, as 30s.")
        @Pattern(Schemas.DURATION)
        @Size(max = 20)
        @Nullable
        String scaleUpWindow,

        @JsonPropertyDescription("How long load has to be lower before replicas are taken away, as 5m.")
        @Pattern(Schemas.DURATION)
        @Size(max = 20)
        @Nullable
        String scaleDownWindow) {}
