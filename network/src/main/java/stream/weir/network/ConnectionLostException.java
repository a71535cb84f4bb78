package stream.weir.network;

import java.io.IOException;
import java.io.Serial;

/** A connection has ended without a goodbye. */
public final class ConnectionLostException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    ConnectionLostException(String message) {
        super(message);
    }

    ConnectionLostException(String message, Throwable cause) {
        super(message, cause);
    }
}
