package stream.weir.runtime.stage;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import stream.weir.api.pipeline.StateConfig;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.frame.Link;
import stream.weir.runtime.channel.FrameSink;
import stream.weir.runtime.snapshot.StoreFiles;
import stream.weir.runtime.state.StateBackendFactory;
import stream.weir.runtime.state.StateFiles;
import stream.weir.runtime.state.filesystem.FilesystemBackendFactory;
import stream.weir.runtime.state.memory.MemoryBackendFactory;
import stream.weir.runtime.state.rocksdb.RocksDbConfig;
import stream.weir.runtime.state.rocksdb.RocksDbMemory;
import stream.weir.runtime.state.rocksdb.RocksDbStateBackendFactory;
import stream.weir.store.ObjectStore;

/**
 * What the replicas of one process share, for all runs: the snapshot store, threads for what blocks, memory for RocksDB. To be
 * closed when no replica is left. Safe for use by any number of threads.
 */
public final class ProcessResources implements AutoCloseable {
    private final InstantSource clock;
    private final ExecutorService background;
    private final @Nullable RocksDbMemory rocksDb;
    private final StateBackendFactory backends;
    private final StateFiles files;
    private final ReplicaEnvironment.Tuning tuning;

    private ProcessResources(
            InstantSource clock,
            ExecutorService background,
            @Nullable RocksDbMemory rocksDb,
            StateBackendFactory backends,
            StateFiles files,
            ReplicaEnvironment.Tuning tuning) {
        this.clock = clock;
        this.background = background;
        this.rocksDb = rocksDb;
        this.backends = backends;
        this.files = files;
        this.tuning = tuning;
    }

    /**
     * How much memory state may take.
     *
     * @param rocksDbBytes native memory of all databases together: blocks and memtables
     * @param cacheBytes heap for the write-back caches of all databases together
     * @param databases that share them, at most
     */
    public record Memory(long rocksDbBytes, long cacheBytes, int databases) {
        long cacheBytesEach() {
            return Math.max(1, cacheBytes / Math.max(1, databases));
        }
    }

    /** @param threads makes platform threads: native calls of RocksDB would pin the carriers of virtual ones */
    public static ProcessResources open(
            StateConfig state,
            Memory memory,
            ObjectStore store,
            ReplicaEnvironment.Tuning tuning,
            ThreadFactory threads,
            InstantSource clock) {
        ExecutorService background = Executors.newCachedThreadPool(threads);
        RocksDbMemory rocksDb =
                state.backend() == StateConfig.Backend.ROCKSDB ? RocksDbMemory.of(memory.rocksDbBytes()) : null;
        StateFiles files = new StoreFiles(store, UUID::randomUUID);
        StateBackendFactory backends =
                switch (state.backend()) {
                    case MEMORY -> new MemoryBackendFactory(MemoryBackendFactory.DEFAULT_LIMIT_BYTES);
                    case FILESYSTEM -> new FilesystemBackendFactory();
                    case ROCKSDB ->
                        new RocksDbStateBackendFactory(
                                RocksDbConfig.DEFAULT
                                        .withUploads(
                                                state.incremental()
                                                        ? RocksDbConfig.Uploads.INCREMENTAL
                                                        : RocksDbConfig.Uploads.FULL)
                                        .withCacheBytes(memory.cacheBytesEach()),
                                Objects.requireNonNull(rocksDb),
                                background);
                };
        return new ProcessResources(clock, background, rocksDb, backends, files, tuning);
    }

    /** For work that may block. */
    public ExecutorService background() {
        return background;
    }

    /** @param folder for the replica's local files, its own */
    public ReplicaEnvironment environment(
            Path folder, Function<Link, FrameSink> sinks, Consumer<ToCoordinator> coordinator) {
        return new ReplicaEnvironment(
                clock::millis, System::nanoTime, background, coordinator, sinks, backends, files, folder, tuning);
    }

    @Override
    public void close() {
        background.close();
        if (rocksDb != null) {
            rocksDb.close();
        }
    }
}
