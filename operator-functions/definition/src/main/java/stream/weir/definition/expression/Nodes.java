package stream.weir.definition.expression;

import org.jspecify.annotations.Nullable;
import stream.weir.api.row.Row;

/** What operators do, as CEL's runtime does it. */
final class Nodes {
    private Nodes() {}

    static Node not(Node operand) {
        return row -> !operand.bool(row);
    }

    static Node negatedInt(Node operand) {
        return row -> Math.negateExact(operand.integer(row));
    }

    static Node negatedDouble(Node operand) {
        return row -> -operand.decimal(row);
    }

    static Node isNull(Node operand) {
        return row -> operand.value(row) == null;
    }

    static Node equal(Node left, Node right) {
        return row -> {
            Object l = left.value(row);
            Object r = right.value(row);
            return l == null ? r == null : l.equals(r);
        };
    }

    /** NaN differs from itself, and 0.0 is -0.0. */
    static Node equalDoubles(Node left, Node right) {
        return row -> {
            Object l = left.value(row);
            Object r = right.value(row);
            return l instanceof Double a && r instanceof Double b ? a.doubleValue() == b.doubleValue() : l == r;
        };
    }

    static Node conditional(Node condition, Node then, Node otherwise) {
        return row -> condition.bool(row) ? then.value(row) : otherwise.value(row);
    }

    /**
     * A logical operator that is decided when either side, in any order, is {@code deciding}, even if the other one fails. Where
     * neither decides, the first failure is told.
     */
    static Node decided(boolean deciding, Node left, Node right) {
        Node[] sides = {left, right};
        return row -> {
            RuntimeException failure = null;
            for (Node side : sides) {
                try {
                    if (side.bool(row) == deciding) {
                        return deciding;
                    }
                } catch (EvaluationFault | ArithmeticException e) {
                    failure = failure == null ? e : failure;
                }
            }
            if (failure != null) {
                throw failure;
            }
            return !deciding;
        };
    }

    static Node concatenated(Node left, Node right) {
        return row -> ((String) left.some(row)).concat((String) right.some(row));
    }

    /** Strings, instants and booleans by their order; null where {@code operator} does not compare. */
    static @Nullable Node ordered(String operator, Node left, Node right) {
        return switch (operator) {
            case "<" -> row -> compare(left, right, row) < 0;
            case "<=" -> row -> compare(left, right, row) <= 0;
            case ">" -> row -> compare(left, right, row) > 0;
            case ">=" -> row -> compare(left, right, row) >= 0;
            default -> null;
        };
    }

    @SuppressWarnings("unchecked") // what is ordered is comparable with its like
    private static int compare(Node left, Node right, Row row) {
        return ((Comparable<Object>) left.some(row)).compareTo(right.some(row));
    }
}
