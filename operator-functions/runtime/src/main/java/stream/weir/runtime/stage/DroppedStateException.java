package stream.weir.runtime.stage;

import java.io.Serial;
import java.util.List;

/** The restored checkpoint holds state that no step claims. */
public final class DroppedStateException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    DroppedStateException(String stage, long checkpoint, List<String> unclaimed) {
        super("checkpoint " + checkpoint + " holds state of stage " + stage + " that no step claims any more: "
                + String.join(", ", unclaimed)
                + ". Give the step its old name back, or set restoreFrom.allowDroppedState to leave that state behind");
    }
}
