package stream.weir.definition.expression;

import java.io.Serial;

/** A node has no value. Becomes an {@link ExpressionException}, or nothing where the other side of a logical operator decides. */
final class EvaluationFault extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Without a stack trace, which would cost more than all else and tell nothing. */
    EvaluationFault(String reason) {
        super(reason, null, false, false);
    }
}
