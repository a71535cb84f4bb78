package stream.weir.definition.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stream.weir.api.row.Row;
import stream.weir.definition.expression.ExpressionCompiler.Engine;

/** Our nodes are held against CEL's own runtime: same value, or both fail, for random expressions over random rows. */
final class EnginesAgreeTest {
    private static final int EXPRESSIONS = 80;
    private static final int ROWS = 12;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void when_both_engines_run_the_same_expression_then_they_agree(long seed) {
        Random random = new Random(seed);
        ExpressionCompiler ours = ExpressionCompiler.of(Sample.TYPE, Engine.FASTEST);
        ExpressionCompiler cel = ExpressionCompiler.of(Sample.TYPE, Engine.CEL_ONLY);
        int translated = 0;
        for (int i = 0; i < EXPRESSIONS; i++) {
            String text = new Generator(random).any(3);
            Expression mine = sound(ours.check(text), text);
            Expression theirs = sound(cel.check(text), text);
            translated += mine instanceof NodeExpression ? 1 : 0;
            for (int n = 0; n < ROWS; n++) {
                Row row = row(random);
                assertThat(outcome(mine, row))
                        .as("%s on %s, seed %d", text, row, seed)
                        .isEqualTo(outcome(theirs, row));
            }
        }
        assertThat(translated).isEqualTo(EXPRESSIONS);
    }

    private static Expression sound(Checked checked, String text) {
        assertThat(checked).as(text).isInstanceOf(Checked.Sound.class);
        return ((Checked.Sound) checked).expression();
    }

    private static Object outcome(Expression expression, Row row) {
        try {
            Object value = expression.evaluate(row);
            return value == null ? "null" : value;
        } catch (ExpressionException e) {
            return "fails";
        }
    }

    private static Row row(Random random) {
        @Nullable Object[] values = new Object[Sample.TYPE.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(6) == 0 ? null : value(i, random);
        }
        return Row.owning(Sample.TYPE, values);
    }

    private static @Nullable Object value(int column, Random random) {
        return switch (Sample.TYPE.columns().get(column).name()) {
            case "i", "j" -> pick(random, 0L, 1L, -1L, 2L, 7L, Long.MAX_VALUE, Long.MIN_VALUE);
            case "d", "e" ->
                pick(random, 0.0, -0.0, 1.0, 2.5, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, -1e300);
            case "s", "u" -> pick(random, "", "a", "b", "a b", "ä", "\uD83D\uDE00");
            case "b", "c" -> random.nextBoolean();
            case "t", "r" -> pick(random, Instant.EPOCH, Instant.ofEpochSecond(1, 5), Instant.ofEpochSecond(-9));
            case "left" -> Row.of(Sample.NESTED, random.nextBoolean() ? null : 1.0, pick(random, "a", "b"));
            default -> null;
        };
    }

    @SafeVarargs
    private static <T> T pick(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }

    /**
     * Well-typed expressions. Logical operators do not stand below {@code ==}: there CEL's runtime (0.14.0) takes an error of
     * theirs for a value that differs from every other, while ours lets the expression fail, as the language wants it. Nor is NaN
     * a field's value, as CEL's runtime finds a field equal to itself without a look at it; NaN comes about by arithmetic.
     */
    private record Generator(Random random) {
        String any(int depth) {
            return switch (random.nextInt(5)) {
                case 0 -> integer(depth);
                case 1 -> decimal(depth);
                case 2 -> string(depth);
                default -> bool(depth);
            };
        }

        private String integer(int depth) {
            if (depth == 0) {
                return pick(random, "i", "j", "0", "1", "-3", "9223372036854775807");
            }
            return switch (random.nextInt(4)) {
                case 0 -> "-(" + integer(depth - 1) + ")";
                case 1 -> "(" + bool(depth - 1) + " ? " + integer(depth - 1) + " : " + integer(depth - 1) + ")";
                default -> binary(integer(depth - 1), "+ - * / %", integer(depth - 1));
            };
        }

        private String decimal(int depth) {
            if (depth == 0) {
                return pick(random, "d", "e", "left.dep_delay", "0.0", "1.5", "-2.0");
            }
            return switch (random.nextInt(4)) {
                case 0 -> "-(" + decimal(depth - 1) + ")";
                case 1 -> "(" + bool(depth - 1) + " ? " + decimal(depth - 1) + " : " + decimal(depth - 1) + ")";
                default -> binary(decimal(depth - 1), "+ - * /", decimal(depth - 1));
            };
        }

        private String string(int depth) {
            return depth == 0
                    ? pick(random, "s", "u", "left.origin", "''", "'a'")
                    : binary(string(depth - 1), "+", string(depth - 1));
        }

        private String bool(int depth) {
            if (depth == 0) {
                return pick(random, "b", "c", "true", "false", "(tags != null)", "(left == null)", "(raw != null)");
            }
            String orders = "== != < <= > >=";
            return switch (random.nextInt(10)) {
                case 0 -> "!(" + bool(depth - 1) + ")";
                case 1 -> binary(integer(depth - 1), orders, integer(depth - 1));
                case 2 -> binary(decimal(depth - 1), orders, decimal(depth - 1));
                case 3 -> binary(string(depth - 1), orders, string(depth - 1));
                case 4 -> binary(pick(random, "t", "r"), orders, pick(random, "t", "r"));
                case 5 -> binary(pick(random, "i", "d", "s", "b", "t", "left.origin"), "== !=", "null");
                case 6 -> binary(bool(depth - 1), "< <= > >=", bool(depth - 1));
                case 7 -> binary(bool(0), "== !=", bool(0));
                default -> binary(bool(depth - 1), "&& ||", bool(depth - 1));
            };
        }

        private String binary(String left, String operators, String right) {
            List<String> choices = List.of(operators.split(" "));
            return "(" + left + " " + choices.get(random.nextInt(choices.size())) + " " + right + ")";
        }
    }
}
