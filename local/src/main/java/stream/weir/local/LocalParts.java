package stream.weir.local;

import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.api.pipeline.StateConfig;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.frame.Link;
import stream.weir.runtime.channel.FrameSink;
import stream.weir.runtime.snapshot.StoreFiles;
import stream.weir.runtime.stage.ReplicaEnvironment;
import stream.weir.runtime.state.StateBackendFactory;
import stream.weir.runtime.state.StateFiles;
import stream.weir.runtime.state.filesystem.FilesystemBackendFactory;
import stream.weir.runtime.state.memory.MemoryBackendFactory;
import stream.weir.runtime.state.rocksdb.RocksDbConfig;
import stream.weir.runtime.state.rocksdb.RocksDbMemory;
import stream.weir.runtime.state.rocksdb.RocksDbStateBackendFactory;

/** What all replicas of the process share, for all runs of a job. */
final class LocalParts implements AutoCloseable {
    private final LocalSettings settings;
    private final Clock clock;
    private final ExecutorService background;
    private final @Nullable RocksDbMemory memory;
    private final StateBackendFactory backends;
    private final StateFiles files;

    private LocalParts(
            LocalSettings settings,
            Clock clock,
            ExecutorService background,
            @Nullable RocksDbMemory memory,
            StateBackendFactory backends) {
        this.settings = settings;
        this.clock = clock;
        this.background = background;
        this.memory = memory;
        this.backends = backends;
        this.files = new StoreFiles(settings.store(), UUID::randomUUID);
    }

    static LocalParts open(Pipeline pipeline, LocalSettings settings, Clock clock) {
        // Platform threads: native calls of RocksDB would pin the carriers of virtual ones.
        ExecutorService background =
                Executors.newCachedThreadPool(DaemonThreads.named(pipeline.name() + "/background"));
        StateConfig state = pipeline.state();
        return switch (state.backend()) {
            case MEMORY ->
                new LocalParts(
                        settings,
                        clock,
                        background,
                        null,
                        new MemoryBackendFactory(MemoryBackendFactory.DEFAULT_LIMIT_BYTES));
            case FILESYSTEM -> new LocalParts(settings, clock, background, null, new FilesystemBackendFactory());
            case ROCKSDB -> {
                RocksDbMemory memory = RocksDbMemory.of(settings.rocksDbBytes());
                RocksDbConfig.Uploads uploads =
                        state.incremental() ? RocksDbConfig.Uploads.INCREMENTAL : RocksDbConfig.Uploads.FULL;
                RocksDbConfig config = settings.rocksDb(uploads, keyedReplicas(pipeline));
                yield new LocalParts(
                        settings,
                        clock,
                        background,
                        memory,
                        new RocksDbStateBackendFactory(config, memory, background));
            }
        };
    }

    LocalSettings settings() {
        return settings;
    }

    Clock clock() {
        return clock;
    }

    ExecutorService background() {
        return background;
    }

    ReplicaEnvironment environment(
            ReplicaId id, Path folder, Function<Link, FrameSink> sinks, Consumer<ToCoordinator> coordinator) {
        return new ReplicaEnvironment(
                clock::millis,
                System::nanoTime,
                background,
                coordinator,
                sinks,
                backends,
                files,
                folder.resolve(id.toString()),
                settings.tuning());
    }

    @Override
    public void close() {
        background.close();
        if (memory != null) {
            memory.close();
        }
    }

    /** Replicas that may hold a database, to share the cache out between them. */
    private static int keyedReplicas(Pipeline pipeline) {
        return pipeline.stages().stream()
                .filter(stage -> !stage.inputs().isEmpty() && !stage.steps().isEmpty())
                .mapToInt(stage -> stage.replicas())
                .sum();
    }
}
