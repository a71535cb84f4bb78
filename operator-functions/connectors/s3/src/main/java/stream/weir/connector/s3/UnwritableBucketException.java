package stream.weir.connector.s3;

import java.io.IOException;
import java.io.Serial;

/** A sink cannot write to its prefix, or its data there is not what was committed. The message tells what to do. */
public final class UnwritableBucketException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    public UnwritableBucketException(String message) {
        super(message);
    }

    public UnwritableBucketException(String message, Throwable cause) {
        super(message, cause);
    }
}
