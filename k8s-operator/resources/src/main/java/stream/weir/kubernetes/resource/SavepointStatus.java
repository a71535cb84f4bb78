package stream.weir.kubernetes.resource;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of a savepoint. */
@Part
public record SavepointStatus(
        @JsonPropertyDescription("The generation of the spec that all of this is about.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("How far it has come.") @Nullable
        SnapshotState state,

        @JsonPropertyDescription("When the coordinator was asked for it.") @Nullable
        String requestedAt,

        @JsonPropertyDescription("When it was there.") @Nullable
        String completedAt,

        @JsonPropertyDescription(
                "Folder of the savepoint in the store: what restoreFrom.uri takes. Of several regions, that of the one that has the pipeline's name.")
        @Nullable
        String uri,

        @JsonPropertyDescription("Its folder in each region, where durable edges cut the pipeline into several.")
        @Nullable
        List<RegionFolder> regions,

        @JsonPropertyDescription("Bytes of its state.") @Nullable
        Long stateBytes,

        @JsonPropertyDescription("The same for people.") @Nullable
        String size,

        @JsonPropertyDescription("Why there is none.") @Nullable
        String error,

        @JsonPropertyDescription("Ready.") @Nullable List<Condition> conditions) {

    /** What a savepoint is of in one region. */
    @Part
    public record RegionFolder(
            @JsonPropertyDescription("Name of the region.") String name,

            @JsonPropertyDescription("Its folder in the store.") @Nullable
            String uri) {}
}
