package stream.weir.runtime.state;

import java.io.IOException;
import java.io.Serial;

/** A stored object is not what was stored. The message names the object, the place in it, what was expected and what was found. */
public final class CorruptStateException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    public CorruptStateException(String message) {
        super(message);
    }

    public CorruptStateException(String message, Throwable cause) {
        super(message, cause);
    }
}
