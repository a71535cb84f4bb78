package stream.weir.definition.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import stream.weir.api.row.Row;

final class ExpressionTest {
    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            # expression                         ¦ type          ¦ on a full row            ¦ on nulls
            i                                    ¦ int           ¦ 7                        ¦ null
            i + 1                                ¦ int           ¦ 8                        ¦ fails
            i / j * 3                            ¦ int           ¦ 9                        ¦ fails
            i + j * 2                            ¦ int           ¦ 11                       ¦ fails
            i - j - 1                            ¦ int           ¦ 4                        ¦ fails
            (i - j) * 2                          ¦ int           ¦ 10                       ¦ fails
            7 - 2 * 3 % 4                        ¦ int           ¦ 5                        ¦ 5
            2 - -3                               ¦ int           ¦ 5                        ¦ 5
            true || false && false               ¦ bool          ¦ true                     ¦ true
            1 < 2 == true                        ¦ bool          ¦ true                     ¦ true
            i > j == true && false || true       ¦ bool          ¦ true                     ¦ true
            false ? 1 : true ? 2 : 3             ¦ int           ¦ 2                        ¦ 2
            (true ? false : true) ? 1 : 2        ¦ int           ¦ 2                        ¦ 2
            -7 / 2                               ¦ int           ¦ -3                       ¦ -3
            -7 % 2                               ¦ int           ¦ -1                       ¦ -1
            d + e                                ¦ double        ¦ 1.5                      ¦ fails
            d / 0.0                              ¦ double        ¦ Infinity                 ¦ fails
            double(i) / 2.0                      ¦ double        ¦ 3.5                      ¦ fails
            int(d)                               ¦ int           ¦ 2                        ¦ fails
            string(d)                            ¦ string        ¦ 2.5                      ¦ fails
            d != null                            ¦ bool          ¦ true                     ¦ false
            null == d                            ¦ bool          ¦ false                    ¦ true
            d > 1.0 && i != 3                    ¦ bool          ¦ true                     ¦ fails
            d != null && d > 1.0                 ¦ bool          ¦ true                     ¦ false
            d > 1.0 || true                  ¦ bool          ¦ true                     ¦ true
            b                                    ¦ bool          ¦ true                     ¦ null
            !b || c                          ¦ bool          ¦ false                    ¦ fails
            b ? i : j                            ¦ int           ¦ 7                        ¦ fails
            d == null ? 0.0 : d                  ¦ double        ¦ 2.5                      ¦ 0.0
            d == null ? null : d                 ¦ double        ¦ 2.5                      ¦ null
            s.split(' ')                         ¦ list(string)  ¦ [a, b]                   ¦ fails
            s + '!'                              ¦ string        ¦ a b!                     ¦ fails
            s < 'b'                              ¦ bool          ¦ true                     ¦ fails
            s in ['a b', 'c']                    ¦ bool          ¦ true                     ¦ false
            s.matches('^a.*')                    ¦ bool          ¦ true                     ¦ fails
            size(tags)                           ¦ int           ¦ 2                        ¦ fails
            tags != null                         ¦ bool          ¦ true                     ¦ false
            tags[1]                              ¦ string        ¦ q                        ¦ fails
            tags.exists(x, x == 'q')             ¦ bool          ¦ true                     ¦ fails
            counts['k'] + 1                      ¦ int           ¦ 6                        ¦ fails
            counts == null                       ¦ bool          ¦ false                    ¦ true
            t < r                                ¦ bool          ¦ true                     ¦ fails
            t + duration('1h')                   ¦ timestamp     ¦ 2013-01-01T11:00:00Z     ¦ fails
            t < timestamp('2013-06-01T00:00:00Z')¦ bool          ¦ true                     ¦ fails
            t.getHours()                         ¦ int           ¦ 10                       ¦ fails
            (r - t).getHours()                   ¦ int           ¦ 14                       ¦ fails
            raw                                  ¦ bytes         ¦ 00ff                     ¦ null
            left.dep_delay * 2.0                 ¦ double        ¦ 6.0                      ¦ fails
            left.origin == null                  ¦ bool          ¦ true                     ¦ fails
            left                                 ¦ row           ¦ {dep_delay: 3.0, origin: null} ¦ null
            left != null                         ¦ bool          ¦ true                     ¦ false
            has(left.origin)                     ¦ bool          ¦ true                     ¦ fails
            [i, j]                               ¦ list(int)     ¦ [7, 2]                   ¦ [null, null]
            {'a': 1, 'b': i}                     ¦ map(string, int) ¦ {a=1, b=7}            ¦ {a=1, b=null}
            math.greatest(d, e)                  ¦ double        ¦ 2.5                      ¦ fails
            i / 0                                ¦ int           ¦ fails                    ¦ fails
            i % (j - 2)                          ¦ int           ¦ fails                    ¦ fails
            i + 9223372036854775807              ¦ int           ¦ fails                    ¦ fails
            """)
    void when_an_expression_is_evaluated_then_it_is_as_the_table_says(
            String expression, String type, String full, String nulls) {
        assertThat(type(expression)).as("type").isEqualTo(type);
        assertThat(outcome(expression, Sample.FULL)).as("on a full row").isEqualTo(full);
        assertThat(outcome(expression, Sample.NULLS)).as("on nulls").isEqualTo(nulls);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # expression         | column | what is wrong
            d + 1                | 2 | + does not take double and int; int and double do not mix: convert one with double(...) or write 1.0 for 1
            d > 1                | 2 | > does not take double and int; int and double do not mix: convert one with double(...) or write 1.0 for 1
            dep > 1.0            | 0 | no field dep; there is i, j, d, e, s, u, b, c, t, r, raw, tags, counts, left
            siz(s) + 1           | 3 | no function siz; did you mean "size"?
            tagz[0]              | 0 | no field tagz; did you mean "tags"?
            left.dep_dlay        | 4 | no field dep_dlay in this row; did you mean "dep_delay"?
            s && b               | 2 | && does not take string and bool
            !s                   | 0 | ! does not take string
            b ? i : d            | 2 | ? : takes a bool and two values of one type, not bool, int, double; convert one with double(...)
            s.splitt(' ')        | 8 | no function splitt; did you mean "split"?
            t - r                | 0 | yields a duration, which a field cannot hold; take its seconds as an int with .getSeconds()
            1u                   | 0 | yields a uint, which a field cannot hold; convert it with int(...)
            null                 | 0 | yields a null_type, which a field cannot hold; write a value of the type that is meant
            [i, d]               | 0 | yields a list, which a field cannot hold; use elements of one type, or convert them, as with double(...)
            """)
    void when_an_expression_is_wrong_then_the_fault_says_where_and_why(String expression, int column, String fault) {
        Checked.Faulty faulty =
                (Checked.Faulty) ExpressionCompiler.of(Sample.TYPE).check(expression);
        assertThat(faulty.faults().stream()
                        .map(found -> found.reason()
                                + found.suggestion()
                                        .map(advice -> "; " + advice)
                                        .orElse(""))
                        .collect(Collectors.joining(" / ")))
                .isEqualTo(fault);
        assertThat(faulty.faults().getFirst().column()).isEqualTo(column);
    }

    @Test
    void when_an_expression_fails_then_the_error_names_it_its_fields_and_the_reason() {
        assertThatThrownBy(() -> sound("i / (j - 2)").evaluate(Sample.FULL))
                .isInstanceOf(ExpressionException.class)
                .hasMessage("the expression i / (j - 2) failed on {i: 7, j: 2}: division by zero");
        assertThatThrownBy(() -> sound("left.dep_delay + d").evaluate(Sample.NULLS))
                .hasMessage("the expression left.dep_delay + d failed on {d: null, left: null}: d is null");
        assertThatThrownBy(() -> sound("s.split(' ')[7]").evaluate(Sample.FULL))
                .hasMessageStartingWith("the expression s.split(' ')[7] failed on {s: a b}: ");
    }

    private static Expression sound(String text) {
        return ((Checked.Sound) ExpressionCompiler.of(Sample.TYPE).check(text)).expression();
    }

    private static String type(String text) {
        return switch (ExpressionCompiler.of(Sample.TYPE).check(text)) {
            case Checked.Sound sound -> TypeWords.spelled(sound.type());
            case Checked.Faulty faulty -> faulty.toString();
        };
    }

    private static String outcome(String text, Row row) {
        try {
            return String.valueOf(sound(text).evaluate(row));
        } catch (ExpressionException e) {
            return "fails";
        }
    }
}
