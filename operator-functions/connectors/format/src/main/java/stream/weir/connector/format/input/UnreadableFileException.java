package stream.weir.connector.format.input;

import java.io.IOException;
import java.io.Serial;

/** A file cannot be read, or not from where a checkpoint left it. The message names the file and tells what to do. */
public final class UnreadableFileException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    public UnreadableFileException(String message) {
        super(message);
    }

    public UnreadableFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
