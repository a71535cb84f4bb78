package stream.weir.runtime.state;

import java.io.IOException;
import java.io.Serial;

/** State does not fit where it is to be stored; its message begins with {@code STATE_TOO_LARGE}. */
public final class StateTooLargeException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final long stateBytes;
    private final long limitBytes;

    public StateTooLargeException(String message, long stateBytes, long limitBytes) {
        super("STATE_TOO_LARGE: " + message);
        this.stateBytes = stateBytes;
        this.limitBytes = limitBytes;
    }

    public long stateBytes() {
        return stateBytes;
    }

    public long limitBytes() {
        return limitBytes;
    }
}
