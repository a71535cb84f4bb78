package stream.weir.runtime.function;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.state.KeyedStateBackend;
import stream.weir.runtime.state.StateBackendFactory.Scope;
import stream.weir.runtime.state.StateFilesInMemory;
import stream.weir.runtime.state.memory.MemoryBackendFactory;

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
            try {
                List<StateHandle> handles = before.capture(1).store(FILES).handles();
                before.close();
                return open(before.keyGroups(), handles);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private KeyedStateBackend open(KeyGroupRange keyGroups, List<StateHandle> handles) {
            try {
                return new MemoryBackendFactory(1 << 20)
                        .open(new Scope("test", keyGroups, Path.of("unused"), FILES), handles);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    private static final StateFilesInMemory FILES = new StateFilesInMemory();

    abstract KeyedStateBackend open(KeyGroupRange keyGroups);

    /** What a new replica has after a snapshot of {@code before}. */
    abstract KeyedStateBackend restored(KeyedStateBackend before);
}
