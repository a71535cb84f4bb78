package stream.weir.runtime.state;

import java.io.IOException;
import java.util.List;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.checkpoint.StateSize;

/** State frozen at a barrier. Ends with exactly one of {@link #store} or {@link #discard}. */
public interface StateCapture {
    /**
     * Writes what the store does not have yet; runs on a background thread. Releases what was frozen, also when it fails.
     */
    Stored store(StateFiles files) throws IOException;

    /** Releases what was frozen. */
    void discard();

    /**
     * What was stored.
     *
     * @param stateBytes of all state the handles refer to
     * @param uploadedBytes written now
     * @param states how much each table takes
     */
    record Stored(List<StateHandle> handles, long stateBytes, long uploadedBytes, List<StateSize> states) {
        public Stored {
            states = List.copyOf(states);
            handles = List.copyOf(handles);
        }
    }
}
