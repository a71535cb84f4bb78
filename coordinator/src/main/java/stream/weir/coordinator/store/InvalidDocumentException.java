package stream.weir.coordinator.store;

import java.io.IOException;
import java.io.Serial;

/** An object of the store is not what it has to be. The message names it, the place in it, and what is wrong. */
public final class InvalidDocumentException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    public InvalidDocumentException(String message) {
        super(message);
    }

    InvalidDocumentException(String message, Throwable cause) {
        super(message, cause);
    }
}
