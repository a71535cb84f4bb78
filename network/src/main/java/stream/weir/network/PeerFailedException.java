package stream.weir.network;

import java.io.IOException;
import java.io.Serial;

/** The other side has closed the connection on purpose and said why. */
public final class PeerFailedException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    PeerFailedException(String message) {
        super(message);
    }
}
