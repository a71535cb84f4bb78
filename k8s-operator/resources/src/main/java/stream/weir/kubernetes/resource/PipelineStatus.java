package stream.weir.kubernetes.resource;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a pipeline is, as the operator sees it. Nothing is decided from it. */
@Part
public record PipelineStatus(
        @JsonPropertyDescription("The generation of the spec that all of this is about.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Where the pipeline is: a summary of the conditions.") @Nullable
        PipelinePhase phase,

        @JsonPropertyDescription("Why it is there; empty where there is nothing to say.") @Nullable
        String message,

        @JsonPropertyDescription("The ConfigMap with the pipeline file that the coordinator works by.") @Nullable
        String configMap,

        @JsonPropertyDescription("Who coordinates; of several regions, the one that has the pipeline's name.") @Nullable
        CoordinatorSummary coordinator,

        @JsonPropertyDescription(
                "The newest complete checkpoint; of several regions, that of the one whose is the oldest.")
        @Nullable
        CheckpointEntry lastCheckpoint,

        @JsonPropertyDescription("Stages that are as they shall be, of all.") @Nullable
        String stagesReady,

        @JsonPropertyDescription("Records that the sources have not read yet, where they can tell.") @Nullable
        Long lag,

        @JsonPropertyDescription("Each stage in short.") @Nullable
        List<StageSummary> stages,

        @JsonPropertyDescription("Each region in short, where durable edges cut the pipeline into several.") @Nullable
        List<RegionSummary> regions,

        @JsonPropertyDescription(
                "Ready, Reconciling, Stalled, CheckpointHealthy, Restorable, StateCompatible; docs/guides/troubleshooting.md has all reasons.")
        @Nullable
        List<Condition> conditions) {

    /** Who coordinates. */
    @Part
    public record CoordinatorSummary(
            @JsonPropertyDescription("The pod that leads.") @Nullable
            String leader,

            @JsonPropertyDescription("Its leadership's number.") @Nullable
            Long term,

            @JsonPropertyDescription("The number of the present run.") @Nullable
            Long run) {}

    /** One region in short. */
    @Part
    public record RegionSummary(
            @JsonPropertyDescription("Its name: of its coordinator, its checkpoints, and its folder in the store.")
            String name,

            @JsonPropertyDescription("Where it is.") @Nullable
            PipelinePhase phase,

            @JsonPropertyDescription("Why it is there; empty where there is nothing to say.") @Nullable
            String message,

            @JsonPropertyDescription("Stages that are as they shall be, of all.") @Nullable
            String stagesReady,

            @JsonPropertyDescription("The pod that leads.") @Nullable
            String leader,

            @JsonPropertyDescription("Its leadership's number.") @Nullable
            Long term,

            @JsonPropertyDescription("The number of the present run.") @Nullable
            Long run,

            @JsonPropertyDescription("The StreamCheckpoint of the newest complete one.") @Nullable
            String lastCheckpoint,

            @JsonPropertyDescription("When that was complete.") @Nullable
            String lastCheckpointAt) {}

    /** One stage in short. */
    @Part
    public record StageSummary(
            @JsonPropertyDescription("Name of the stage.") String name,

            @JsonPropertyDescription("Revision that shall run.") @Nullable
            String revision,

            @JsonPropertyDescription("Replicas that shall run.") @Nullable
            Integer replicas,

            @JsonPropertyDescription("Replicas at work.") @Nullable
            Integer readyReplicas,

            @JsonPropertyDescription("Replicas that the autoscaler thinks right.") @Nullable
            Integer recommended) {}
}
