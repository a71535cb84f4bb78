package stream.weir.connector.kafka;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Kafka, or what is in it, does not let the pipeline go on; the message says what to do. */
public final class KafkaProblemException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    KafkaProblemException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    KafkaProblemException(String message) {
        this(message, null);
    }
}
