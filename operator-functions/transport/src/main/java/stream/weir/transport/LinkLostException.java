package stream.weir.transport;

import java.io.IOException;
import java.io.Serial;

/** A link cannot go on; the cause says why, where there is one. */
public final class LinkLostException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    LinkLostException(String message) {
        super(message);
    }

    LinkLostException(String message, Throwable cause) {
        super(message, cause);
    }
}
