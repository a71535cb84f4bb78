package stream.weir.kubernetes.resource;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a stage is. */
@Part
public record StageStatus(
        @JsonPropertyDescription("The generation of the spec that all of this is about.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Where the stage is.") @Nullable
        StagePhase phase,

        @JsonPropertyDescription("Why it is there, in one word.") @Nullable
        String reason,

        @JsonPropertyDescription("Why it is there.") @Nullable
        String message,

        @JsonPropertyDescription("Replicas that the coordinator has in the present run.") @StatusReplicas @Nullable
        Integer replicas,

        @JsonPropertyDescription("Replicas at work.") @Nullable
        Integer readyReplicas,

        @JsonPropertyDescription("Selects the stage's pods, for autoscalers.") @LabelSelector @Nullable
        String selector,

        @JsonPropertyDescription("Revision that runs.") @Nullable
        String revision,

        @JsonPropertyDescription("Replicas that the autoscaler thinks right.") @Nullable
        Integer recommended,

        @JsonPropertyDescription("Why that many.") @Nullable Recommendation recommendation,

        @JsonPropertyDescription("Records that the stage's source has not read yet, where it can tell.") @Nullable
        Long lag,

        @JsonPropertyDescription("Records per second.") @Nullable
        Double recordsPerSecond,

        @JsonPropertyDescription("Share of its time that the busiest replica works, as 63%.") @Nullable
        String busy,

        @JsonPropertyDescription("Share of its time that the most blocked replica waits for those after it, as 12%.")
        @Nullable
        String backPressure,

        @JsonPropertyDescription("Ready, Reconciling, AutoscalingActive, ScalingLimited.") @Nullable
        List<Condition> conditions) {

    /** Why a number of replicas is recommended. */
    @Part
    public record Recommendation(
            @JsonPropertyDescription("In one word.") @Nullable
            String reason,

            @JsonPropertyDescription("With the figures it was decided from.") @Nullable
            String message,

            @JsonPropertyDescription("How long processing is expected to pause for it, in milliseconds.") @Nullable
            Long predictedPauseMillis,

            @JsonPropertyDescription("When it was decided.") @Nullable
            String at) {}
}
