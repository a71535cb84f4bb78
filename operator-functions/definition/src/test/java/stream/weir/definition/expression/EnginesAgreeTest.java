package stream.weir.definition.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stream.weir.api.row.Row;

/**
 * What we check and run ourselves is held against CEL's checker and runtime: same type, same value or same failure, for random
 * expressions over random rows; and what CEL refuses is refused in its words.
 */
final class EnginesAgreeTest {
    private static final int EXPRESSIONS = 1_000;
    private static final int ROWS = 8;

    private final ExpressionCompiler ours = ExpressionCompiler.of(RandomRows.TYPE);
    private final CelCompilation cel = CelCompilation.of(RandomRows.TYPE);
    private int simple;
    private int refused;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void when_expressions_are_right_then_all_are_ours_and_do_what_they_do_in_cel(long seed) {
        Random random = new Random(seed);
        RandomExpressions expressions = new RandomExpressions(random);

        agree(random, seed, () -> expressions.sound(3));

        assertThat(simple).isEqualTo(EXPRESSIONS);
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 7, 8, 9})
    void when_operands_are_of_any_type_then_ours_are_right_in_cel_too(long seed) {
        Random random = new Random(seed);
        RandomExpressions expressions = new RandomExpressions(random);

        agree(random, seed, () -> expressions.mixed(1 + random.nextInt(2)));

        assertThat(simple).isGreaterThan(EXPRESSIONS / 20);
        assertThat(refused).isGreaterThan(EXPRESSIONS / 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {10, 11, 12, 13})
    void when_right_expressions_are_changed_a_little_then_ours_are_right_in_cel_too(long seed) {
        Random random = new Random(seed);
        RandomExpressions expressions = new RandomExpressions(random);

        agree(random, seed, () -> expressions.changed(expressions.sound(2)));

        assertThat(simple).isGreaterThan(EXPRESSIONS / 20);
        assertThat(refused).isGreaterThan(EXPRESSIONS / 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {14, 15, 16, 17})
    void when_words_and_signs_are_thrown_together_then_ours_are_right_in_cel_too(long seed) {
        Random random = new Random(seed);
        RandomExpressions expressions = new RandomExpressions(random);

        agree(random, seed, expressions::soup);

        assertThat(simple).isGreaterThan(EXPRESSIONS / 50);
        assertThat(refused).isGreaterThan(EXPRESSIONS / 2);
    }

    private void agree(Random random, long seed, Supplier<String> expressions) {
        for (int i = 0; i < EXPRESSIONS; i++) {
            String text = expressions.get();
            String as = "%s, seed %d".formatted(text, seed);
            Checked theirs = cel.check(text);
            Optional<Checked.Sound> mine = SimpleExpressions.check(text, RandomRows.TYPE);
            if (theirs instanceof Checked.Sound sound) {
                mine.ifPresent(its -> agree(its, sound, random, as));
            } else {
                refused++;
                assertThat(ours.check(text)).as(as).isEqualTo(theirs);
            }
        }
    }

    private void agree(Checked.Sound mine, Checked.Sound theirs, Random random, String as) {
        simple++;
        assertThat(mine.type()).as(as).isEqualTo(theirs.type());
        for (int i = 0; i < ROWS; i++) {
            // NaN in fields is equal to itself for CEL's runtime (0.14.0), not for ours.
            Row row = RandomRows.row(random, !as.matches("(?s).*[!=]=.*"));
            agree(outcome(mine.expression(), row), outcome(theirs.expression(), row), "%s, on %s".formatted(as, row));
        }
    }

    private static void agree(@Nullable Object mine, @Nullable Object theirs, String as) {
        if (mine instanceof Failure(String ours) && theirs instanceof Failure(String cels) && !comparable(ours, cels)) {
            return;
        }
        assertThat(mine).as(as).isEqualTo(theirs);
    }

    /**
     * We alone have a word for a null within a row in the row, and say it before the other operand is looked at. And CEL says nothing
     * of an overflow that compiled code has found often.
     */
    private static boolean comparable(String mine, String theirs) {
        return !mine.endsWith(": a null where a value is needed") && !theirs.endsWith(": ");
    }

    private static @Nullable Object outcome(Expression expression, Row row) {
        try {
            return expression.evaluate(row);
        } catch (ExpressionException e) {
            String message = String.valueOf(e.getMessage());
            return new Failure(message.replace("most negative number wraps", "long overflow"));
        }
    }

    private record Failure(String message) {}
}
