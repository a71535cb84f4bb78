package stream.weir.definition.expression;

import java.io.Serial;

/** An expression has something in it that is left to CEL, be it right or wrong. */
final class NotSimple extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Without a stack trace: it is no failure, and nobody is told of it. */
    NotSimple() {
        super("left to CEL", null, false, false);
    }
}
