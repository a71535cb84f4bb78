package stream.weir.runtime.state;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.keygroup.KeyGroupRange;

/** Makes backends of one kind. */
public interface StateBackendFactory {
    /**
     * Opens a backend that holds what {@code handles} hold of its key groups. The handles may come from replicas with other
     * ranges; those without overlap are not read.
     */
    KeyedStateBackend open(Scope scope, List<StateHandle> handles) throws IOException;

    /**
     * Does ahead of {@link #open} with the same key groups what takes long and stays right with later checkpoints, as far as there is
     * such work. Nothing depends on it. A request after it drops what it has done for other handles, and so does the next {@link #open}.
     *
     * @param scope its folder is for what is made, and has to be there, with what is in it, until then
     * @param handles of a complete checkpoint
     * @param goOn asked now and then whether it is still wanted
     */
    default void prepare(Scope scope, List<StateHandle> handles, BooleanSupplier goOn) throws IOException {}

    /**
     * Whose state.
     *
     * @param name for people and threads, for instance {@code orders/by-carrier-0}
     * @param keyGroups the groups to hold
     * @param folder an own local folder; created on demand, what is in it from before may be reused or deleted
     * @param files where captures go and handles are read
     */
    record Scope(String name, KeyGroupRange keyGroups, Path folder, StateFiles files) {}
}
