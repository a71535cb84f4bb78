package stream.weir.api.pipeline;

/**
 * Where working state lives.
 *
 * @param incremental whether a checkpoint stores only what the store does not have yet (RocksDB)
 */
public record StateConfig(Backend backend, boolean incremental) {
    public enum Backend {
        /** On the heap; checkpoints hold it in the manifest itself, 5 MiB at most. */
        MEMORY,
        /** On the heap; checkpoints hold it in files. */
        FILESYSTEM,
        /** On local disk; checkpoints hold its files. */
        ROCKSDB
    }
}
