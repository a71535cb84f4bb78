package stream.weir.operator.job;

/** The leader said no. */
public final class JobRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final String reason;

    /** @param reason the coordinator's word for it, as {@code NO_SUCH_STAGE} */
    public JobRefusedException(String reason, String message) {
        super(reason + ": " + message);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
