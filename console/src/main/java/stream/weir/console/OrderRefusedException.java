package stream.weir.console;

/** An order that cannot be taken. */
public final class OrderRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why; the same word in the answer. */
    public enum Reason {
        /** The order is not whole, or one of its values is not valid. */
        INVALID,
        /** There is no such stage. */
        NO_SUCH_STAGE,
        /** There is no such checkpoint or savepoint. */
        NO_SUCH_CHECKPOINT,
        /** A stage cannot have more replicas than there are key groups. */
        MORE_REPLICAS_THAN_KEY_GROUPS,
        /** The job is not served by what could do that. */
        NOT_AVAILABLE,
        /** The coordinator behind the console waits to lead. */
        NOT_LEADER,
        /** The store did not answer. */
        STORE_FAILED
    }

    public OrderRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
