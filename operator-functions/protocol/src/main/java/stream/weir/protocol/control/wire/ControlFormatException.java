package stream.weir.protocol.control.wire;

import java.io.Serial;

/** Bytes that are not a control message of ours. The connection that they come from cannot be trusted any more. */
public final class ControlFormatException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** What is wrong; the same word in log, metric and answer. */
    public enum Reason {
        /** Longer than {@code control.maxBytes}, or shorter than any message. */
        BAD_LENGTH,
        /** Damaged. */
        BAD_CHECKSUM,
        /** A message that this version does not know, or that goes the other way. */
        UNKNOWN_TYPE,
        /** The checksum is right, but a field has a value that it cannot have. */
        MALFORMED
    }

    private final Reason reason;

    public ControlFormatException(Reason reason, String message) {
        super(reason + ": " + message);
        this.reason = reason;
    }

    public ControlFormatException(Reason reason, String message, Throwable cause) {
        super(reason + ": " + message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
