package stream.weir.definition.compile;

import java.io.Serial;
import stream.weir.api.row.Row;

/** A row on a keyed edge has no key. */
public final class NullKeyException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    NullKeyException(String from, String field, Row row) {
        super("null key at " + from + ": " + field + " is null in " + row + "; filter such rows out before keyBy");
    }
}
