package stream.weir.definition.expression;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.definition.expression.Typed.Nulls;

/** Which operators there are for which types. Where there is none, {@link NotSimple} is thrown: CEL says what is wrong. */
final class Operators {
    private Operators() {}

    static Typed not(Typed operand) {
        return Typed.bool(Nodes.not(operand.as(Primitive.BOOL)));
    }

    static Typed negated(Typed operand) {
        if (operand.is(Primitive.INT64)) {
            return yields(Nodes.negatedInt(operand.node()), Primitive.INT64);
        }
        return yields(Nodes.negatedDouble(operand.as(Primitive.DOUBLE)), Primitive.DOUBLE);
    }

    static Typed binary(String operator, Typed left, Typed right) {
        return switch (operator) {
            case "&&" -> Typed.bool(Nodes.decided(false, left.as(Primitive.BOOL), right.as(Primitive.BOOL)));
            case "||" -> Typed.bool(Nodes.decided(true, left.as(Primitive.BOOL), right.as(Primitive.BOOL)));
            case "==" -> Typed.bool(equal(left, right));
            case "!=" -> Typed.bool(Nodes.not(equal(left, right)));
            default -> calculated(operator, left, right);
        };
    }

    private static Node equal(Typed left, Typed right) {
        if (left.isNull() || right.isNull()) {
            return equalsNull(left.isNull() ? right : left);
        }
        Primitive type = scalar(left, right);
        return type == Primitive.DOUBLE
                ? Nodes.equalDoubles(left.node(), right.node())
                : Nodes.equal(left.node(), right.node());
    }

    private static Node equalsNull(Typed operand) {
        if (operand.nulls() != Nulls.ALLOWED && operand.nulls() != Nulls.COMPARED) {
            throw new NotSimple();
        }
        return Nodes.isNull(operand.node());
    }

    private static Typed calculated(String operator, Typed left, Typed right) {
        Primitive type = scalar(left, right);
        Node l = left.node();
        Node r = right.node();
        Node node =
                switch (type) {
                    case INT64 -> IntNodes.of(operator, l, r);
                    case DOUBLE -> DoubleNodes.of(operator, l, r);
                    case STRING -> operator.equals("+") ? Nodes.concatenated(l, r) : Nodes.ordered(operator, l, r);
                    default -> Nodes.ordered(operator, l, r);
                };
        boolean compares = operator.startsWith("<") || operator.startsWith(">");
        return yields(node, compares ? Primitive.BOOL : type);
    }

    private static Typed yields(@Nullable Node node, Primitive type) {
        if (node == null) {
            throw new NotSimple();
        }
        return new Typed(node, type, Nulls.NONE);
    }

    /** The one type of both, if it is one that has operators. */
    private static Primitive scalar(Typed left, Typed right) {
        if (left.type() instanceof Primitive type && type != Primitive.BYTES && left.is(type) && right.is(type)) {
            return type;
        }
        throw new NotSimple();
    }

    /** It has the type of its first value, also in whether that may be null; but with null for the first, it is of CEL's null type. */
    static Typed conditional(Typed condition, Typed then, Typed otherwise) {
        Node node = Nodes.conditional(condition.as(Primitive.BOOL), then.node(), otherwise.node());
        boolean besidesNull = otherwise.nulls() == Nulls.ALLOWED || otherwise.nulls() == Nulls.ONLY;
        if (then.isNull() && besidesNull && !otherwise.isNull()) {
            return new Typed(node, otherwise.type(), Nulls.ONLY);
        }
        boolean oneType = otherwise.isNull() || Objects.equals(then.type(), otherwise.type());
        boolean takesNull = otherwise.nulls() != Nulls.ONLY || then.nulls() == Nulls.ALLOWED;
        if (then.nulls() == Nulls.ONLY || !oneType || !takesNull) {
            throw new NotSimple();
        }
        return new Typed(node, then.type(), then.nulls());
    }
}
