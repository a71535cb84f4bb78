package stream.weir.service.rest;

import java.io.Serial;

/** Data cannot be deleted while somebody works with them; the message names who. */
public final class DataInUseException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    public DataInUseException(String message) {
        super(message);
    }
}
