package stream.weir.runtime.state.memory;

import java.io.IOException;
import java.util.List;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.runtime.state.KeyedStateBackend;
import stream.weir.runtime.state.StateBackendFactory;

/** State on the heap, snapshots in the manifest itself: for small state and for trying out. */
public final class MemoryBackendFactory implements StateBackendFactory {
    /** What the replicas of a pipeline may put into one manifest, unless told. */
    public static final long DEFAULT_LIMIT_BYTES = 5L << 20;

    private final long limitBytes;

    /** @param limitBytes that the snapshot of one replica may have; a larger one fails with {@code STATE_TOO_LARGE} */
    public MemoryBackendFactory(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    @Override
    public KeyedStateBackend open(Scope scope, List<StateHandle> handles) throws IOException {
        return HeapBackend.open(scope, handles, new InlineTarget(scope, limitBytes));
    }
}
