package stream.weir.kubernetes.resource;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** A checkpoint in a status. */
@Part
public record CheckpointEntry(
        @JsonPropertyDescription("Number of the checkpoint.") @Nullable
        Long id,

        @JsonPropertyDescription("Name of its StreamCheckpoint, while it is kept.") @Nullable
        String name,

        @JsonPropertyDescription("How far it has come.") @Nullable
        SnapshotState state,

        @JsonPropertyDescription("Why it was taken.") @Nullable
        String type,

        @JsonPropertyDescription("When it was triggered.") @Nullable
        String startedAt,

        @JsonPropertyDescription("When it was complete, or failed.") @Nullable
        String completedAt,

        @JsonPropertyDescription("From trigger to end, in milliseconds.") @Nullable
        Long durationMillis,

        @JsonPropertyDescription("Bytes of all state that it refers to.") @Nullable
        Long stateBytes,

        @JsonPropertyDescription("Bytes that were written for it.") @Nullable
        Long uploadedBytes,

        @JsonPropertyDescription("stateBytes for people, as 12.3MiB.") @Nullable
        String size,

        @JsonPropertyDescription("Why it failed, in one word.") @Nullable
        String failure,

        @JsonPropertyDescription("Why it failed.") @Nullable String detail) {}
