package stream.weir.runtime.state.memory;

import java.io.IOException;
import stream.weir.runtime.state.StateCapture;
import stream.weir.runtime.state.StateFiles;

/** Where a heap backend's captures go. Called on background threads, several at a time. */
public interface CaptureTarget {
    StateCapture.Stored store(TableImage image, StateFiles files) throws IOException;
}
