package stream.weir.kubernetes.resource;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the manifest says of it. */
@Part
public record CheckpointStatus(
        @JsonPropertyDescription("How far it has come.") @Nullable
        SnapshotState state,

        @JsonPropertyDescription("Why it was taken.") @Nullable
        String type,

        @JsonPropertyDescription("When it was complete.") @Nullable
        String completedAt,

        @JsonPropertyDescription("From trigger to end, in milliseconds.") @Nullable
        Long durationMillis,

        @JsonPropertyDescription("The same for people, as 812ms.") @Nullable
        String duration,

        @JsonPropertyDescription(
                "The longest that a replica held inputs back until the barriers of the others had come, in milliseconds.")
        @Nullable
        Long alignmentMillis,

        @JsonPropertyDescription(
                "Whether its manifest was read; what it names is looked at when it is restored, object by object.")
        @Nullable
        Boolean restorable,

        @JsonPropertyDescription("Bytes of all state that it refers to.") @Nullable
        Long stateBytes,

        @JsonPropertyDescription("The same for people.") @Nullable
        String size,

        @JsonPropertyDescription("Bytes that were written for it.") @Nullable
        Long uploadedBytes,

        @JsonPropertyDescription("The same for people.") @Nullable
        String uploaded,

        @JsonPropertyDescription("What each stage contributed.") @Nullable
        List<StageShare> stages,

        @JsonPropertyDescription("Ready, Restorable.") @Nullable
        List<Condition> conditions) {

    /** What one stage contributed. */
    @Part
    public record StageShare(
            @JsonPropertyDescription("Name of the stage.") String name,

            @JsonPropertyDescription("Its replicas then.") @Nullable
            Integer replicas,

            @JsonPropertyDescription("Bytes of its state.") @Nullable
            Long stateBytes) {}
}
