package stream.weir.runtime.stage;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import stream.weir.api.pipeline.StateConfig;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.frame.Link;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.channel.FrameSink;
import stream.weir.runtime.snapshot.FetchAhead;
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
    private final Surroundings surroundings;
    private final @Nullable RocksDbMemory rocksDb;
    private final StateBackendFactory backends;
    private final StateFiles files;
    private final ReplicaEnvironment.Tuning tuning;
    private final boolean checkpointsShareFiles;

    private ProcessResources(
            Surroundings surroundings,
            @Nullable RocksDbMemory rocksDb,
            StateBackendFactory backends,
            StateFiles files,
            ReplicaEnvironment.Tuning tuning,
            boolean checkpointsShareFiles) {
        this.surroundings = surroundings;
        this.rocksDb = rocksDb;
        this.backends = backends;
        this.files = files;
        this.tuning = tuning;
        this.checkpointsShareFiles = checkpointsShareFiles;
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

    /**
     * What the process is given from outside.
     *
     * @param background for work that may block, on platform threads: native calls of RocksDB would pin the carriers of virtual
     *     ones. Handed over: it is shut down when the resources are closed
     * @param clock wall clock
     * @param nanos monotonic clock
     * @param names of the files in the store, never the same twice
     */
    public record Surroundings(
            ExecutorService background, InstantSource clock, LongSupplier nanos, Supplier<UUID> names) {}

    public static ProcessResources open(
            StateConfig state,
            Memory memory,
            ObjectStore store,
            ReplicaEnvironment.Tuning tuning,
            Surroundings surroundings) {
        RocksDbMemory rocksDb =
                state.backend() == StateConfig.Backend.ROCKSDB ? RocksDbMemory.of(memory.rocksDbBytes()) : null;
        StateFiles files = new StoreFiles(store, surroundings.names());
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
                                surroundings.background(),
                                surroundings.nanos(),
                                surroundings.clock());
                };
        boolean shared = rocksDb != null && state.incremental();
        return new ProcessResources(surroundings, rocksDb, backends, files, tuning, shared);
    }

    /** For work that may block. */
    public ExecutorService background() {
        return surroundings.background();
    }

    /** @param folder for the replica's local files, its own */
    public ReplicaEnvironment environment(
            Path folder, Function<Link, FrameSink> sinks, Consumer<ToCoordinator> coordinator) {
        return environment(folder, files, sinks, coordinator);
    }

    /**
     * As above, for a replica that keeps copies of its state files on its own disk, so that it goes back to a checkpoint without
     * a download.
     *
     * @param local made by {@link #localFiles}
     * @throws IOException when a folder cannot be made
     */
    public ReplicaEnvironment environment(
            Path folder, FetchAhead local, Function<Link, FrameSink> sinks, Consumer<ToCoordinator> coordinator)
            throws IOException {
        return environment(folder, local.files(), sinks, coordinator);
    }

    /**
     * State files on the process's own disk.
     *
     * @param copies folder for those of the replica's checkpoints; it outlives runs
     * @param ahead folder for those that a later run may need
     * @throws IOException when a folder cannot be made
     */
    public FetchAhead localFiles(Path copies, Path ahead) throws IOException {
        return FetchAhead.open(files, copies, ahead, surroundings.background());
    }

    /** Whether a checkpoint shares most of its files with the one before: those of one are worth fetching for the next. */
    public boolean checkpointsShareFiles() {
        return checkpointsShareFiles;
    }

    /**
     * Does ahead of a run what takes its replica long to restore, on the thread of the caller; see {@link StateBackendFactory#prepare}.
     *
     * @param copied folder for what is made
     */
    public void prepare(
            KeyGroupRange keyGroups, Path copied, StateFiles from, List<StateHandle> keyed, BooleanSupplier goOn)
            throws IOException {
        backends.prepare(new StateBackendFactory.Scope("the next run", keyGroups, copied, from), keyed, goOn);
    }

    private ReplicaEnvironment environment(
            Path folder, StateFiles used, Function<Link, FrameSink> sinks, Consumer<ToCoordinator> coordinator) {
        return new ReplicaEnvironment(
                surroundings.clock()::millis,
                surroundings.nanos(),
                surroundings.background(),
                coordinator,
                sinks,
                backends,
                used,
                folder,
                tuning);
    }

    @Override
    public void close() {
        surroundings.background().close();
        if (rocksDb != null) {
            rocksDb.close();
        }
    }
}
