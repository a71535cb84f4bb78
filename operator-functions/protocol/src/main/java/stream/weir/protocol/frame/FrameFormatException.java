package stream.weir.protocol.frame;

import java.io.Serial;

/**
 * Bytes that are not a frame of ours, or a frame that is too large to be one. The connection or file they come from cannot
 * be read on.
 */
public final class FrameFormatException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** What is wrong; the same word in log, metric and answer. */
    public enum Reason {
        /** Not from a Weir process at all. */
        BAD_MAGIC,
        /** From a Weir process of another protocol version. */
        UNKNOWN_VERSION,
        /** Damaged. */
        BAD_CHECKSUM,
        /** Longer than {@code frame.maxBytes}, shorter than any frame, or cut off. */
        BAD_LENGTH,
        /** A kind of content that this version does not know. */
        UNKNOWN_TYPE,
        /** The checksum is right, but a field has a value that it cannot have. */
        MALFORMED
    }

    private final Reason reason;

    public FrameFormatException(Reason reason, String message) {
        super(reason + ": " + message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
