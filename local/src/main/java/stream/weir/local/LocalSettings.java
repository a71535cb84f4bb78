package stream.weir.local;

import java.nio.file.Path;
import stream.weir.coordinator.RestartPolicy;
import stream.weir.coordinator.store.StartOptions;
import stream.weir.runtime.stage.ReplicaEnvironment.Tuning;
import stream.weir.runtime.state.rocksdb.RocksDbMemory;
import stream.weir.store.ObjectStore;

/**
 * How a pipeline runs in one process.
 *
 * @param store the pipeline's own folder in the snapshot store; closed by whoever opened it
 * @param folder for working state on local disk; emptied at the start and at the end
 * @param start from which checkpoint
 * @param restarts how often the pipeline goes back to its last checkpoint after a failure
 * @param creditBytes most that a link may have in flight; less for a slow reader
 * @param rocksDbBytes native memory of all RocksDB databases together: blocks and memtables
 * @param cacheBytes heap for the write-back caches of all RocksDB databases together
 */
public record LocalSettings(
        ObjectStore store,
        Path folder,
        StartOptions start,
        RestartPolicy restarts,
        Tuning tuning,
        int creditBytes,
        long rocksDbBytes,
        long cacheBytes) {
    private static final int DEFAULT_CREDIT = 1 << 20;
    private static final long DEFAULT_CACHE = 128L << 20;

    /** Goes on from the newest checkpoint. */
    public static LocalSettings defaults(ObjectStore store, Path folder) {
        return new LocalSettings(
                store,
                folder,
                StartOptions.newest(),
                RestartPolicy.defaults(),
                Tuning.DEFAULT,
                DEFAULT_CREDIT,
                RocksDbMemory.DEFAULT_BYTES,
                DEFAULT_CACHE);
    }

    public LocalSettings withStart(StartOptions other) {
        return new LocalSettings(store, folder, other, restarts, tuning, creditBytes, rocksDbBytes, cacheBytes);
    }

    public LocalSettings withRestarts(RestartPolicy other) {
        return new LocalSettings(store, folder, start, other, tuning, creditBytes, rocksDbBytes, cacheBytes);
    }

    public LocalSettings withTuning(Tuning other) {
        return new LocalSettings(store, folder, start, restarts, other, creditBytes, rocksDbBytes, cacheBytes);
    }

    public LocalSettings withMemory(long newRocksDbBytes, long newCacheBytes) {
        return new LocalSettings(store, folder, start, restarts, tuning, creditBytes, newRocksDbBytes, newCacheBytes);
    }
}
