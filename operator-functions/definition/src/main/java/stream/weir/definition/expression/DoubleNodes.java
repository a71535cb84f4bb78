package stream.weir.definition.expression;

import org.jspecify.annotations.Nullable;

/** Operators on doubles, as IEEE 754 has them. */
final class DoubleNodes {
    private DoubleNodes() {}

    /** Null where doubles have no such operator. */
    static @Nullable Node of(String operator, Node left, Node right) {
        return switch (operator) {
            case "<" -> row -> left.decimal(row) < right.decimal(row);
            case "<=" -> row -> left.decimal(row) <= right.decimal(row);
            case ">" -> row -> left.decimal(row) > right.decimal(row);
            case ">=" -> row -> left.decimal(row) >= right.decimal(row);
            case "+" -> row -> left.decimal(row) + right.decimal(row);
            case "-" -> row -> left.decimal(row) - right.decimal(row);
            case "*" -> row -> left.decimal(row) * right.decimal(row);
            case "/" -> row -> left.decimal(row) / right.decimal(row);
            default -> null;
        };
    }
}
