package stream.weir.definition.expression;

import java.io.Serial;

/** An expression has no value for a row. Names the expression, the values of the fields in it, and the reason. */
public final class ExpressionException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public ExpressionException(String message, Throwable cause) {
        super(message, cause);
    }

    public ExpressionException(String message) {
        super(message);
    }
}
