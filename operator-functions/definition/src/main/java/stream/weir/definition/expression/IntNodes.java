package stream.weir.definition.expression;

import org.jspecify.annotations.Nullable;

/** Operators on ints: exact, or an {@link ArithmeticException}. */
final class IntNodes {
    private IntNodes() {}

    /** Null where ints have no such operator. */
    static @Nullable Node of(String function, Node left, Node right) {
        return switch (function) {
            case "_<_" -> row -> left.integer(row) < right.integer(row);
            case "_<=_" -> row -> left.integer(row) <= right.integer(row);
            case "_>_" -> row -> left.integer(row) > right.integer(row);
            case "_>=_" -> row -> left.integer(row) >= right.integer(row);
            case "_+_" -> row -> Math.addExact(left.integer(row), right.integer(row));
            case "_-_" -> row -> Math.subtractExact(left.integer(row), right.integer(row));
            case "_*_" -> row -> Math.multiplyExact(left.integer(row), right.integer(row));
            case "_/_" -> row -> Math.divideExact(left.integer(row), right.integer(row));
            case "_%_" -> row -> left.integer(row) % right.integer(row);
            default -> null;
        };
    }
}
