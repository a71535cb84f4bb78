package stream.weir.kubernetes.resource;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Where replicas keep their state. */
@Part
public record StateSpec(
        @JsonPropertyDescription(
                "Memory (in the manifest itself, 5 MiB at most), Filesystem (heap, snapshots as files) or RocksDB (local disk), which it is unless told.")
        @Nullable
        Backend backend,

        @JsonPropertyDescription("Whether RocksDB uploads only files that the store does not have; true unless told.")
        @Nullable
        Boolean incremental,

        @JsonPropertyDescription(
                "A volume for each pod's local state, made and deleted with the pod, in place of the node's own disk. Checkpoints are in the store either way.")
        @Nullable
        Volume volume) {
    /** A volume for local state. */
    @Part
    public record Volume(
            @JsonPropertyDescription("Size of each volume, as 50Gi.")
            @Required
            @Pattern("^[1-9][0-9]*(Ki|Mi|Gi|Ti)$")
            @Size(max = 16)
            String size,

            @JsonPropertyDescription("Its StorageClass; the cluster's default unless told.")
            @Pattern("^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$")
            @Size(max = 253)
            @Nullable
            String storageClassName) {}

    /** The words of the grammar. */
    public enum Backend {
        Memory,
        Filesystem,
        RocksDB
    }
}
