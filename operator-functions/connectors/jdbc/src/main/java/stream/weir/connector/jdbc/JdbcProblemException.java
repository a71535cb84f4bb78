package stream.weir.connector.jdbc;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The database, or what is in it, does not let the pipeline go on; the message says what to do. */
public final class JdbcProblemException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    JdbcProblemException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    JdbcProblemException(String message) {
        this(message, null);
    }
}
