package stream.weir.api.codec;

import java.io.Serial;

/** State was written with a schema that the present type cannot read. Names the place in the type, the old and the new. */
public final class IncompatibleSchemaException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String path;

    /**
     * @param path where in the type, as {@code Trade.price}; empty for the type itself
     * @param reason the old schema, the new one and why one does not become the other
     */
    public IncompatibleSchemaException(String path, String reason) {
        super((path.isEmpty() ? "" : path + ": ") + reason);
        this.path = path;
    }

    public String path() {
        return path;
    }
}
