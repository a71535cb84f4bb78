package stream.weir.runtime.sink;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A sink could not do its part of a checkpoint. */
public final class SinkException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    SinkException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
