package stream.weir.runtime.state.filesystem;

import java.io.IOException;
import java.util.List;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.runtime.state.KeyedStateBackend;
import stream.weir.runtime.state.StateBackendFactory;
import stream.weir.runtime.state.memory.HeapBackend;

/** State on the heap; each snapshot is one file with all of it. */
public final class FilesystemBackendFactory implements StateBackendFactory {
    @Override
    public KeyedStateBackend open(Scope scope, List<StateHandle> handles) throws IOException {
        return HeapBackend.open(scope, handles, new FileTarget(scope));
    }
}
