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
                "Nothing is changed while utilization is within the target minus and plus this; 0.15 unless told.")
        @Min(0)
        @Max(0.5)
        @Nullable
        Double tolerance,

        @JsonPropertyDescription("Figures of this last time are looked at; 30s unless told.")
        @Pattern(Schemas.TIME)
        @Size(max = 20)
        @Nullable
        String window,

        @JsonPropertyDescription("Figures of this first time of a run are not looked at; 20s unless told.")
        @Pattern(Schemas.TIME)
        @Size(max = 20)
        @Nullable
        String warmUp,

        @JsonPropertyDescription("More replicas have to be wanted without a break for as long; 30s unless told.")
        @Pattern(Schemas.TIME)
        @Size(max = 20)
        @Nullable
        String scaleUpWindow,

        @JsonPropertyDescription(
                "Fewer replicas have to be wanted for as long; the most that was wanted in it counts. 5m unless told.")
        @Pattern(Schemas.TIME)
        @Size(max = 20)
        @Nullable
        String scaleDownWindow,

        @JsonPropertyDescription("No scaling up sooner after any scaling of the pipeline; 1m unless told.")
        @Pattern(Schemas.TIME)
        @Size(max = 20)
        @Nullable
        String scaleUpCooldown,

        @JsonPropertyDescription("No scaling down sooner after any scaling of the pipeline; 5m unless told.")
        @Pattern(Schemas.TIME)
        @Size(max = 20)
        @Nullable
        String scaleDownCooldown,

        @JsonPropertyDescription(
                "In which time a backlog is to be worked off, 0s: backlogs do not count; 5m unless told.")
        @Pattern(Schemas.TIME)
        @Size(max = 20)
        @Nullable
        String catchUp,

        @JsonPropertyDescription("At most as many times the replicas in one step; 4 unless told.")
        @Min(1)
        @Max(100)
        @Nullable
        Double maxScaleUpFactor,

        @JsonPropertyDescription("At least this part of the replicas stays in one step; 0.5 unless told.")
        @Min(0)
        @Max(1)
        @Nullable
        Double maxScaleDownFactor,

        @JsonPropertyDescription(
                "For how long a count is not exceeded after it turned out that more replicas do not help; 1h unless told.")
        @Pattern(Schemas.TIME)
        @Size(max = 20)
        @Nullable
        String ineffectiveFor) {}
