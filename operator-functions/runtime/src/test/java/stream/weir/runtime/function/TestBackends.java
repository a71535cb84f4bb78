package stream.weir.runtime.function;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.state.KeyedStateBackend;
import stream.weir.runtime.state.StateBackendFactory;
import stream.weir.runtime.state.StateFilesInMemory;
import stream.weir.runtime.state.memory.MemoryBackendFactory;
import stream.weir.runtime.state.rocksdb.RocksDbConfig;
import stream.weir.runtime.state.rocksdb.RocksDbMemory;
import stream.weir.runtime.state.rocksdb.RocksDbStateBackendFactory;

/** Ways to keep state in a test, and to bring it back. */
enum TestBackends {
    TREE {
        @Override
        KeyedStateBackend open(KeyGroupRange keyGroups) {
            return new TreeBackend(keyGroups, TreeBackend.Merging.LIKE_A_HEAP);
        }

        @Override
        KeyedStateBackend restored(KeyedStateBackend before) {
            return ((TreeBackend) before).copy();
        }
    },
    MERGING_TREE {
        @Override
        KeyedStateBackend open(KeyGroupRange keyGroups) {
            return new TreeBackend(keyGroups, TreeBackend.Merging.WITHOUT_READING);
        }

        @Override
        KeyedStateBackend restored(KeyedStateBackend before) {
            return ((TreeBackend) before).copy();
        }
    },
    /** The real one, with captures. */
    MEMORY {
        @Override
        KeyedStateBackend open(KeyGroupRange keyGroups) {
            return open(keyGroups, List.of());
        }

        @Override
        KeyedStateBackend restored(KeyedStateBackend before) {
            return open(before.keyGroups(), captured(before));
        }

        private KeyedStateBackend open(KeyGroupRange keyGroups, List<StateHandle> handles) {
            return opened(new MemoryBackendFactory(1 << 20), keyGroups, handles);
        }
    },
    /** With a cache so small that entries are written out and read back all the time. */
    ROCKSDB {
        @Override
        KeyedStateBackend open(KeyGroupRange keyGroups) {
            return open(keyGroups, List.of());
        }

        @Override
        KeyedStateBackend restored(KeyedStateBackend before) {
            return open(before.keyGroups(), captured(before));
        }

        private KeyedStateBackend open(KeyGroupRange keyGroups, List<StateHandle> handles) {
            RocksDbConfig config = RocksDbConfig.DEFAULT.withCacheBytes(1024).withPageBytes(256);
            return opened(
                    new RocksDbStateBackendFactory(
                            config, Native.MEMORY, Runnable::run, System::nanoTime, InstantSource.system()),
                    keyGroups,
                    handles);
        }
    };

    private static final StateFilesInMemory FILES = new StateFilesInMemory();

    /** Loaded by those only who need it. */
    private static final class Native {
        private static final RocksDbMemory MEMORY = RocksDbMemory.of(16 << 20);
    }

    abstract KeyedStateBackend open(KeyGroupRange keyGroups);

    /** What a new replica has after a snapshot of {@code before}. */
    abstract KeyedStateBackend restored(KeyedStateBackend before);

    private static List<StateHandle> captured(KeyedStateBackend backend) {
        try {
            List<StateHandle> handles = backend.capture(1).store(FILES).handles();
            backend.close();
            return handles;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyedStateBackend opened(
            StateBackendFactory factory, KeyGroupRange keyGroups, List<StateHandle> handles) {
        try {
            Path folder = Files.createTempDirectory("weir-steps");
            folder.toFile().deleteOnExit();
            return factory.open(new StateBackendFactory.Scope("test", keyGroups, folder, FILES), handles);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
