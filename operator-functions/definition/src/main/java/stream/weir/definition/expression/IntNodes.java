package stream.weir.definition.expression;

import org.jspecify.annotations.Nullable;
import stream.weir.api.row.Row;

/** Operators on ints: exact, or an {@link ArithmeticException} for overflow. */
final class IntNodes {
    private IntNodes() {}

    /** Null where ints have no such operator. */
    static @Nullable Node of(String operator, Node left, Node right) {
        return switch (operator) {
            case "<" -> row -> left.integer(row) < right.integer(row);
            case "<=" -> row -> left.integer(row) <= right.integer(row);
            case ">" -> row -> left.integer(row) > right.integer(row);
            case ">=" -> row -> left.integer(row) >= right.integer(row);
            case "+" -> row -> Math.addExact(left.integer(row), right.integer(row));
            case "-" -> row -> Math.subtractExact(left.integer(row), right.integer(row));
            case "*" -> row -> Math.multiplyExact(left.integer(row), right.integer(row));
            case "/" -> row -> Math.divideExact(left.integer(row), divisor(right, row));
            case "%" -> row -> left.integer(row) % divisor(right, row);
            default -> null;
        };
    }

    private static long divisor(Node node, Row row) {
        long divisor = node.integer(row);
        if (divisor == 0) {
            throw new EvaluationFault("division by zero");
        }
        return divisor;
    }
}
