package stream.weir.definition.expression;

import org.jspecify.annotations.Nullable;
import stream.weir.api.row.Row;

/** A part of an expression that is evaluated without CEL's runtime. */
@FunctionalInterface
interface Node {
    /**
     * @throws EvaluationFault when there is no value
     * @throws ArithmeticException on overflow, without a message where compiled code throws it often
     */
    @Nullable
    Object value(Row row);

    /** The value where null is not allowed. */
    default Object some(Row row) {
        Object value = value(row);
        if (value == null) {
            throw new EvaluationFault("a null where a value is needed");
        }
        return value;
    }

    default boolean bool(Row row) {
        return (Boolean) some(row);
    }

    default long integer(Row row) {
        return (Long) some(row);
    }

    default double decimal(Row row) {
        return (Double) some(row);
    }
}
