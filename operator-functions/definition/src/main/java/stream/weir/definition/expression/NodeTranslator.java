package stream.weir.definition.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelSelect;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.NullableType;
import java.util.List;
import java.util.Optional;
import stream.weir.api.codec.Schema;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;

/**
 * Translates the common shapes of checked expressions (fields, literals, comparisons, logic, arithmetic, conditionals) to nodes
 * that do what CEL's runtime would, without its cost for each row. Everything else is left to that runtime.
 */
final class NodeTranslator {
    private final CelAbstractSyntaxTree tree;
    private final RowType row;
    private final FieldTypes types;

    private NodeTranslator(CelAbstractSyntaxTree tree, RowType row, FieldTypes types) {
        this.tree = tree;
        this.row = row;
        this.types = types;
    }

    /** The whole expression as a node; empty where any part of it has no translation. */
    static Optional<Node> translate(CelAbstractSyntaxTree tree, RowType row, FieldTypes types) {
        return new NodeTranslator(tree, row, types).node(tree.getExpr());
    }

    private Optional<Node> node(CelExpr expr) {
        return switch (expr.getKind()) {
            case CONSTANT -> constant(expr.constant());
            case IDENT -> field(expr.ident().name());
            case SELECT -> select(expr.select());
            case CALL -> call(expr);
            default -> Optional.empty();
        };
    }

    private static Optional<Node> constant(CelConstant constant) {
        Object value =
                switch (constant.getKind()) {
                    case BOOLEAN_VALUE -> constant.booleanValue();
                    case INT64_VALUE -> constant.int64Value();
                    case DOUBLE_VALUE -> constant.doubleValue();
                    case STRING_VALUE -> constant.stringValue();
                    default -> null;
                };
        return value == null ? Optional.empty() : Optional.of(any -> value);
    }

    private Optional<Node> field(String name) {
        int index = row.indexOf(name);
        return index < 0 ? Optional.empty() : Optional.of(values -> values.get(index));
    }

    private Optional<Node> select(CelSelect select) {
        CelType type = tree.getTypeOrThrow(select.operand().id());
        if (select.testOnly() || type.kind() != CelKind.STRUCT) {
            return Optional.empty();
        }
        List<Schema.Field> fields = types.row(type.name()).fields();
        int index = fields.stream().map(Schema.Field::name).toList().indexOf(select.field());
        return node(select.operand()).map(operand -> values -> ((Row) operand.some(values)).get(index));
    }

    private Optional<Node> call(CelExpr expr) {
        List<CelExpr> args = expr.call().args();
        if (expr.call().target().isPresent() || args.isEmpty() || args.size() > 3) {
            return Optional.empty();
        }
        String function = expr.call().function();
        if (function.equals("_==_") || function.equals("_!=_")) {
            return equality(args.get(0), args.get(1)).map(equal -> function.equals("_==_") ? equal : not(equal));
        }
        List<Node> nodes = args.stream().flatMap(arg -> node(arg).stream()).toList();
        if (nodes.size() < args.size()) {
            return Optional.empty();
        }
        CelKind kind = kind(args.getLast());
        return switch (nodes.size()) {
            case 1 -> unary(function, kind, nodes.getFirst());
            case 2 ->
                kind(args.getFirst()) == kind
                        ? binary(function, kind, nodes.getFirst(), nodes.getLast())
                        : Optional.empty();
            default ->
                function.equals("_?_:_")
                        ? Optional.of(conditional(nodes.get(0), nodes.get(1), nodes.get(2)))
                        : Optional.empty();
        };
    }

    private CelKind kind(CelExpr expr) {
        CelType type = tree.getTypeOrThrow(expr.id());
        return type instanceof NullableType nullable ? nullable.targetType().kind() : type.kind();
    }

    private Optional<Node> equality(CelExpr left, CelExpr right) {
        if (isNull(left) || isNull(right)) {
            return node(isNull(left) ? right : left).map(other -> row -> other.value(row) == null);
        }
        CelKind kind = kind(left);
        boolean scalar =
                switch (kind) {
                    case BOOL, INT, DOUBLE, STRING, TIMESTAMP -> kind(right) == kind;
                    default -> false;
                };
        if (!scalar) {
            return Optional.empty();
        }
        return node(left).flatMap(l -> node(right).map(r -> kind == CelKind.DOUBLE ? equalDoubles(l, r) : equal(l, r)));
    }

    private static boolean isNull(CelExpr expr) {
        return expr.getKind() == ExprKind.Kind.CONSTANT && expr.constant().getKind() == CelConstant.Kind.NULL_VALUE;
    }

    private static Node equal(Node left, Node right) {
        return row -> {
            Object l = left.value(row);
            Object r = right.value(row);
            return l == null ? r == null : l.equals(r);
        };
    }

    /** NaN differs from itself, and 0.0 is -0.0. */
    private static Node equalDoubles(Node left, Node right) {
        return row -> {
            Object l = left.value(row);
            Object r = right.value(row);
            return l instanceof Double a && r instanceof Double b ? a.doubleValue() == b.doubleValue() : l == r;
        };
    }

    private static Node not(Node operand) {
        return row -> !operand.bool(row);
    }

    private static Optional<Node> unary(String function, CelKind kind, Node operand) {
        if (function.equals("!_")) {
            return Optional.of(not(operand));
        }
        if (!function.equals("-_")) {
            return Optional.empty();
        }
        return switch (kind) {
            case INT -> Optional.of(row -> Math.negateExact(operand.integer(row)));
            case DOUBLE -> Optional.of(row -> -operand.decimal(row));
            default -> Optional.empty();
        };
    }

    private static Node conditional(Node condition, Node then, Node otherwise) {
        return row -> condition.bool(row) ? then.value(row) : otherwise.value(row);
    }

    private static Optional<Node> binary(String function, CelKind kind, Node left, Node right) {
        return switch (function) {
            case "_&&_" -> Optional.of(decided(false, left, right));
            case "_||_" -> Optional.of(decided(true, left, right));
            default ->
                switch (kind) {
                    case INT -> Optional.ofNullable(IntNodes.of(function, left, right));
                    case DOUBLE -> Optional.ofNullable(DoubleNodes.of(function, left, right));
                    case STRING, TIMESTAMP, BOOL -> ordered(function, kind, left, right);
                    default -> Optional.empty();
                };
        };
    }

    /** A logical operator that is decided when either side, in any order, is {@code deciding}, even if the other one fails. */
    private static Node decided(boolean deciding, Node left, Node right) {
        return row -> {
            RuntimeException failure;
            try {
                return left.bool(row) == deciding ? deciding : right.bool(row);
            } catch (EvaluationFault | ArithmeticException e) {
                failure = e;
            }
            if (right.bool(row) == deciding) {
                return deciding;
            }
            throw failure;
        };
    }

    private static Optional<Node> ordered(String function, CelKind kind, Node left, Node right) {
        return switch (function) {
            case "_<_" -> Optional.of(row -> compare(left, right, row) < 0);
            case "_<=_" -> Optional.of(row -> compare(left, right, row) <= 0);
            case "_>_" -> Optional.of(row -> compare(left, right, row) > 0);
            case "_>=_" -> Optional.of(row -> compare(left, right, row) >= 0);
            case "_+_" ->
                kind == CelKind.STRING
                        ? Optional.of(row -> ((String) left.some(row)).concat((String) right.some(row)))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    @SuppressWarnings("unchecked") // strings, instants and booleans are comparable with their like
    private static int compare(Node left, Node right, Row row) {
        return ((Comparable<Object>) left.some(row)).compareTo(right.some(row));
    }
}
