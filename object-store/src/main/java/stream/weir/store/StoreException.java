package stream.weir.store;

import java.io.IOException;
import java.io.Serial;

/** The store did not do what it was asked. The message names the object, the location and the store's own words. */
public final class StoreException extends IOException {
    @Serial
    private static final long serialVersionUID = 2L;

    /** Whether the request may have taken effect all the same. */
    public enum Outcome {
        NOT_APPLIED,
        UNKNOWN
    }

    private final Outcome outcome;
    private final StoreFailure failure;

    public StoreException(String message, Outcome outcome) {
        this(message, outcome, StoreFailure.OTHER);
    }

    public StoreException(String message, Outcome outcome, StoreFailure failure) {
        super(message);
        this.outcome = outcome;
        this.failure = failure;
    }

    public StoreException(String message, Outcome outcome, Throwable cause) {
        this(message, outcome, StoreFailure.OTHER, cause);
    }

    public StoreException(String message, Outcome outcome, StoreFailure failure, Throwable cause) {
        super(message, cause);
        this.outcome = outcome;
        this.failure = failure;
    }

    public boolean outcomeUnknown() {
        return outcome == Outcome.UNKNOWN;
    }

    public StoreFailure failure() {
        return failure;
    }
}
