package stream.weir.verification.simulation;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import stream.weir.api.pipeline.StateConfig;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.runtime.state.KeyedStateBackend;
import stream.weir.runtime.state.StateBackendFactory;
import stream.weir.runtime.state.filesystem.FilesystemBackendFactory;
import stream.weir.runtime.state.memory.MemoryBackendFactory;
import stream.weir.runtime.state.rocksdb.RocksDbConfig;
import stream.weir.runtime.state.rocksdb.RocksDbMemory;
import stream.weir.runtime.state.rocksdb.RocksDbStateBackendFactory;

/**
 * The real backends. What a killed replica leaves open, its process would take with it: here it is closed at the end. RocksDB
 * works on the thread of whoever needs it, with a cache so small that most values are read from its files.
 */
final class SimBackends implements StateBackendFactory, AutoCloseable {
    private static final long MEMORY_LIMIT = 1 << 20;
    private static final long ROCKSDB_BYTES = 8 << 20;
    private static final long CACHE_BYTES = 8 << 10;
    private static final int PAGE_BYTES = 1 << 10;
    private static final RocksDbConfig ROCKSDB =
            new RocksDbConfig(RocksDbConfig.Uploads.INCREMENTAL, CACHE_BYTES, PAGE_BYTES, 1, 4 << 10, 3);

    private final StateBackendFactory factory;
    private final AutoCloseable memory;
    private final List<KeyedStateBackend> opened = new ArrayList<>();

    private SimBackends(StateBackendFactory factory, AutoCloseable memory) {
        this.factory = factory;
        this.memory = memory;
    }

    static SimBackends of(StateConfig state, VirtualTime time) {
        return switch (state.backend()) {
            case MEMORY -> new SimBackends(new MemoryBackendFactory(MEMORY_LIMIT), () -> {});
            case FILESYSTEM -> new SimBackends(new FilesystemBackendFactory(), () -> {});
            case ROCKSDB -> {
                RocksDbMemory memory = RocksDbMemory.of(ROCKSDB_BYTES);
                RocksDbConfig.Uploads uploads =
                        state.incremental() ? RocksDbConfig.Uploads.INCREMENTAL : RocksDbConfig.Uploads.FULL;
                yield new SimBackends(
                        new RocksDbStateBackendFactory(
                                ROCKSDB.withUploads(uploads),
                                memory,
                                Runnable::run,
                                time::nanos,
                                () -> Instant.ofEpochSecond(0, time.nanos())),
                        memory);
            }
        };
    }

    @Override
    public KeyedStateBackend open(Scope scope, List<StateHandle> handles) throws IOException {
        KeyedStateBackend backend = factory.open(scope, handles);
        opened.add(backend);
        return backend;
    }

    @Override
    public void close() throws Exception {
        for (KeyedStateBackend each : opened) {
            each.close();
        }
        memory.close();
    }
}
