package stream.weir.coordinator.store;

import java.io.Serial;

/** A pipeline cannot start as asked. The message says what was tried, why not, and what can be done; nothing was lost. */
public final class StartRefusedException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final StartRefusal reason;

    public StartRefusedException(StartRefusal reason, String message) {
        super(message);
        this.reason = reason;
    }

    public StartRefusedException(StartRefusal reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public StartRefusal reason() {
        return reason;
    }
}
