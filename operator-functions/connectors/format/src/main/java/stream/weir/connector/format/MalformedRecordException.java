package stream.weir.connector.format;

import java.io.Serial;

/**
 * Bytes that are not a record. The message names field, value and what was expected. Carries no stack trace: it tells of data,
 * not of code, and may be thrown for every record of a large file.
 */
public final class MalformedRecordException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String reason;

    public MalformedRecordException(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    @Override
    public String getMessage() {
        return reason;
    }
}
