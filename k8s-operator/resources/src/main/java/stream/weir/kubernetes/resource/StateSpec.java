package stream.weir.kubernetes.resource;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
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
        Boolean incremental) {
    /** The words of the grammar. */
    public enum Backend {
        Memory,
        Filesystem,
        RocksDB
    }
}
