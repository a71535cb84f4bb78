package stream.weir.store;

import java.io.IOException;
import java.io.Serial;

/** The store did not do what it was asked. The message names the object, the location and the store's own words. */
public final class StoreException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Whether the request may have taken effect all the same. */
    public enum Outcome {
        NOT_APPLIED,
        UNKNOWN
    }

    private final Outcome outcome;

    public StoreException(String message, Outcome outcome) {
        super(message);
        this.outcome = outcome;
    }

    public StoreException(String message, Outcome outcome, Throwable cause) {
        super(message, cause);
        this.outcome = outcome;
    }

    public boolean outcomeUnknown() {
        return outcome == Outcome.UNKNOWN;
    }
}
