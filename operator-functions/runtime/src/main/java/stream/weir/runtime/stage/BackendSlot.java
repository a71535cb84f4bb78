package stream.weir.runtime.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.runtime.state.ExpectedKeys;
import stream.weir.runtime.state.FullDisk;
import stream.weir.runtime.state.KeyedStateBackend;
import stream.weir.runtime.state.StateBackendFactory;

/** The replica's backend, opened when the first step asks for it: a stage without state opens none. */
final class BackendSlot implements AutoCloseable {
    private final StateBackendFactory factory;
    private final StateBackendFactory.Scope scope;
    private final List<StateHandle> handles;
    private @Nullable KeyedStateBackend backend;

    BackendSlot(StateBackendFactory factory, StateBackendFactory.Scope scope, List<StateHandle> handles) {
        this.factory = factory;
        this.scope = scope;
        this.handles = handles;
    }

    KeyedStateBackend get() {
        if (backend == null) {
            try {
                backend = factory.open(scope, handles);
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "cannot open the state of " + scope.name() + " in " + scope.folder()
                                + FullDisk.sentenceFor(e, scope.folder()),
                        e);
            }
        }
        return backend;
    }

    /** The backend, where a step has asked for it. */
    Optional<KeyedStateBackend> opened() {
        return Optional.ofNullable(backend);
    }

    /** {@link KeyedStateBackend#expect}, where there is state. */
    void expect(ExpectedKeys keys) {
        if (backend != null) {
            backend.expect(keys);
        }
    }

    @Override
    public void close() {
        if (backend != null) {
            backend.close();
        }
    }
}
