package stream.weir.definition.expression;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import stream.weir.api.codec.Schema;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;

/**
 * Parses and checks what most expressions are: fields, literals, comparisons, logic, arithmetic and conditionals. They mean what
 * they mean in CEL; whatever else there is, and all that is wrong, is left to it.
 *
 * <pre>
 * expression  = or [ "?" or ":" expression ]
 * or          = and { "||" and }
 * and         = relation { "&amp;&amp;" relation }
 * relation    = sum { ( "==" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=" ) sum }
 * sum         = product { ( "+" | "-" ) product }
 * product     = unary { ( "*" | "/" | "%" ) unary }
 * unary       = [ "!" | "-" ] member
 * member      = primary { "." name }
 * primary     = "(" expression ")" | number | string | "true" | "false" | "null" | name
 * </pre>
 */
final class SimpleExpressions {
    /** From those that bind least, each level from left to right. */
    private static final List<Set<String>> OPERATORS = List.of(
            Set.of("||"),
            Set.of("&&"),
            Set.of("==", "!=", "<", "<=", ">", ">="),
            Set.of("+", "-"),
            Set.of("*", "/", "%"));

    /** CEL has a meaning of its own for these, or keeps them for later; the last two begin the names of its types. */
    private static final Set<String> RESERVED = Set.of(
            ("as break const continue else false for function if import in let loop package namespace null return true var void while"
                            + " google weir")
                    .split(" "));

    private final RowType row;
    private final Tokens tokens;
    private final Set<Integer> used = new TreeSet<>();

    private SimpleExpressions(RowType row, Tokens tokens) {
        this.row = row;
        this.tokens = tokens;
    }

    /** Empty where {@code text} is to be checked by CEL. */
    static Optional<Checked.Sound> check(String text, RowType row) {
        try {
            return Optional.of(new SimpleExpressions(row, Tokens.of(text)).whole(text));
        } catch (NotSimple e) {
            return Optional.empty();
        }
    }

    private Checked.Sound whole(String text) {
        Typed root = expression();
        tokens.expect(Tokens.Kind.END);
        if (root.type() == null) {
            throw new NotSimple();
        }
        return new Checked.Sound(root.type(), new NodeExpression(text, root.node(), UsedFields.of(row, used)));
    }

    private Typed expression() {
        Typed condition = operators(0);
        if (!tokens.take("?")) {
            return condition;
        }
        Typed then = operators(0);
        tokens.expect(":");
        return Operators.conditional(condition, then, expression());
    }

    private Typed operators(int level) {
        if (level == OPERATORS.size()) {
            return unary();
        }
        Typed left = operators(level + 1);
        while (OPERATORS.get(level).stream().anyMatch(tokens::isSign)) {
            left = Operators.binary(tokens.take(), left, operators(level + 1));
        }
        return left;
    }

    /** The sign of a number belongs to it: there is a least int, but no such positive one. */
    private Typed unary() {
        if (tokens.take("!")) {
            return Operators.not(member());
        }
        if (tokens.take("-")) {
            return tokens.kind() == Tokens.Kind.NUMBER ? number("-" + tokens.take()) : Operators.negated(member());
        }
        return member();
    }

    private Typed member() {
        Typed value = primary();
        while (tokens.take(".")) {
            value = select(value, tokens.expect(Tokens.Kind.NAME));
        }
        return value;
    }

    private Typed primary() {
        return switch (tokens.kind()) {
            case NUMBER -> number(tokens.take());
            case STRING -> Typed.constant(tokens.take(), Primitive.STRING);
            case NAME -> named(tokens.take());
            default -> nested();
        };
    }

    private Typed nested() {
        tokens.expect("(");
        Typed nested = expression();
        tokens.expect(")");
        return nested;
    }

    private static Typed number(String digits) {
        try {
            boolean whole = digits.chars().noneMatch(c -> c == '.' || c == 'e' || c == 'E');
            return whole
                    ? Typed.constant(Long.parseLong(digits), Primitive.INT64)
                    : Typed.constant(Double.parseDouble(digits), Primitive.DOUBLE);
        } catch (NumberFormatException e) {
            throw new NotSimple();
        }
    }

    private Typed named(String name) {
        return switch (name) {
            case "true" -> Typed.constant(true, Primitive.BOOL);
            case "false" -> Typed.constant(false, Primitive.BOOL);
            case "null" -> Typed.NULL;
            default -> field(name);
        };
    }

    private Typed field(String name) {
        int index = row.indexOf(name);
        if (index < 0 || RESERVED.contains(name)) {
            throw new NotSimple();
        }
        used.add(index);
        return Typed.field(values -> values.get(index), row.columns().get(index).type());
    }

    private static Typed select(Typed from, String name) {
        if (!(from.type() instanceof Schema.Struct struct)
                || from.nulls() == Typed.Nulls.ONLY
                || RESERVED.contains(name)) {
            throw new NotSimple();
        }
        int index = struct.fields().stream().map(Schema.Field::name).toList().indexOf(name);
        if (index < 0) {
            throw new NotSimple();
        }
        Node row = from.node();
        return Typed.field(
                values -> ((Row) row.some(values)).get(index),
                struct.fields().get(index).type());
    }
}
