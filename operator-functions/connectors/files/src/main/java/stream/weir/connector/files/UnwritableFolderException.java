package stream.weir.connector.files;

import java.io.IOException;
import java.io.Serial;

/** A sink cannot write to its folder, or its data there is not what was committed. The message tells what to do. */
public final class UnwritableFolderException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    public UnwritableFolderException(String message) {
        super(message);
    }

    public UnwritableFolderException(String message, Throwable cause) {
        super(message, cause);
    }
}
