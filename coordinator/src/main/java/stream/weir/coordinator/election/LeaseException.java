package stream.weir.coordinator.election;

/** The place of a lease was not reached, or did not answer. */
public final class LeaseException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message what was tried, and why it failed */
    public LeaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
