package stream.weir.definition.expression;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which expressions are simple, and which are left to CEL. That simple ones mean what they mean there is in {@link EnginesAgreeTest}. */
final class SimpleExpressionsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "i",
                " i\t%\n7\f",
                "-9223372036854775808 < i",
                "-i - -1",
                ".5 + 1e0 * d",
                "'it\\'s' + \"\\n\" + s",
                "!b || c && i == j",
                "b == c",
                "null != tags",
                "left == null ? null : left.origin",
                "(b ? d : null) + 1.0",
                "b ? null : c ? null : i",
                "b ? tags : tags",
                "counts",
                "((left)).dep_delay * 2.0",
                "deep.left.origin",
                "type == list"
            })
    void when_an_expression_is_of_a_common_shape_then_it_is_simple(String text) {
        assertThat(isSimple(text)).isTrue();
        assertThat(CelCompilation.of(RandomRows.TYPE).check(text)).isInstanceOf(Checked.Sound.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "i +",
                "nothing",
                "in",
                "as",
                "weir.Row1",
                "`odd name`",
                ".i",
                "size(s)",
                "s.size()",
                "s in tags",
                "tags[0]",
                "[i]",
                "{'a': i}",
                "7u",
                "0x1F",
                "9223372036854775808",
                "b'a'",
                "r'a'",
                "'''a'''",
                "'\\x41'",
                "i // + 1",
                "!!b",
                "--i",
                "-!b",
                "i == d",
                "i + 1 == null",
                "b ? 1 : null",
                "b ? null : null",
                "b ? tags : null",
                "b ? i : d",
                "b ? c ? i : j : i",
                "null",
                "null == null",
                "(b ? null : i) + 1",
                "raw == raw",
                "left == left",
                "b + c",
                "d % 2.0",
                "left.nothing",
                "i.j",
                "narrow",
                "moments",
                "narrow == null"
            })
    void when_an_expression_is_anything_else_then_it_is_left_to_cel(String text) {
        assertThat(isSimple(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            # begin ¦ repeated   ¦ middle ¦ repeated at the end
            `i`     ¦ ` + i`     ¦ ``     ¦ ``
            `i`     ¦ ` * i`     ¦ ``     ¦ ``
            `b`     ¦ ` == b`    ¦ ``     ¦ ``
            `b`     ¦ ` || b`    ¦ ``     ¦ ``
            ``      ¦ `(`        ¦ `i`    ¦ `)`
            ``      ¦ `1*(1+1*(` ¦ `i`    ¦ `))`
            ``      ¦ `true==(`  ¦ `b`    ¦ `)`
            ``      ¦ `-(`       ¦ `i`    ¦ `)`
            ``      ¦ `!(`       ¦ `b`    ¦ `)`
            ``      ¦ `b?i:`     ¦ `i`    ¦ ``
            ``      ¦ `(b?i:`    ¦ `i`    ¦ `)`
            """)
    void when_an_expression_is_as_long_and_deep_as_a_simple_one_may_be_then_cel_takes_it_too(
            String begin, String repeated, String middle, String closing) {
        int times = 0;
        while (isSimple(text(begin, repeated, middle, closing, times + 1))) {
            times++;
        }

        assertThat(times).isGreaterThan(10);
        assertThat(CelCompilation.of(RandomRows.TYPE).check(text(begin, repeated, middle, closing, times)))
                .isInstanceOf(Checked.Sound.class);
    }

    private static String text(String begin, String repeated, String middle, String closing, int times) {
        return begin + repeated.repeat(times) + middle + closing.repeat(times);
    }

    private static boolean isSimple(String text) {
        return SimpleExpressions.check(text, RandomRows.TYPE).isPresent();
    }
}
