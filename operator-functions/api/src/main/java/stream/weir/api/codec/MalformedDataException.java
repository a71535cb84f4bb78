package stream.weir.api.codec;

import java.io.Serial;

/** Bytes that are not what a {@link Codec} wrote: truncated, damaged, or of another type. */
public final class MalformedDataException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public MalformedDataException(String message) {
        super(message);
    }

    public MalformedDataException(String message, Throwable cause) {
        super(message, cause);
    }
}
