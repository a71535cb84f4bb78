package stream.weir.definition.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Codec;
import stream.weir.api.codec.IncompatibleSchemaException;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.definition.aggregate.AggregateFunction.Function;

final class AggregateTest {
    private static final RowType ROWS = new RowType(List.of(
            new RowType.Column("i", Primitive.INT64),
            new RowType.Column("d", Primitive.DOUBLE),
            new RowType.Column("s", Primitive.STRING),
            new RowType.Column("t", Primitive.TIMESTAMP)));

    private static final RowAggregator ALL = RowAggregator.of(List.of(
            new AggregateFunction.CountRows("rows"),
            of("i", Function.COUNT),
            of("i", Function.SUM),
            of("d", Function.SUM),
            of("i", Function.AVG),
            of("d", Function.AVG),
            of("d", Function.MIN),
            of("s", Function.MAX),
            of("t", Function.MAX),
            of("s", Function.FIRST),
            of("s", Function.LAST),
            of("s", Function.COUNT_DISTINCT),
            new AggregateFunction.Top("top", 2, ROWS, 0, 2)));

    @Test
    void when_nothing_or_only_nulls_were_added_then_counts_are_0_and_all_else_is_null() {
        assertThat(result(ALL)).isEqualTo("[0, 0, null, null, null, null, null, null, null, null, null, 0, null]");
        assertThat(result(ALL, row(5, null, null, null, null)))
                .isEqualTo("[1, 0, null, null, null, null, null, null, null, null, null, 0, null]");
    }

    @Test
    void when_rows_were_added_then_nulls_are_skipped_and_first_and_last_go_by_time() {
        String result = result(
                ALL,
                row(20, 4L, 1.5, "b", Instant.EPOCH),
                row(10, null, 2.5, "a", null),
                row(30, 6L, null, null, Instant.ofEpochMilli(7)),
                row(20, 2L, -1.0, "c", Instant.ofEpochMilli(3)),
                row(15, 3L, 0.0, "b", null));

        assertThat(result).isEqualTo("[5, 4, 15, 3.0, 3.75, 0.75, -1.0, c, 1970-01-01T00:00:00.007Z, a, c, 3, [b, b]]");
    }

    @Test
    void when_several_values_have_one_time_then_the_first_and_the_last_to_arrive_count() {
        RowAggregator ends = RowAggregator.of(List.of(of("s", Function.FIRST), of("s", Function.LAST)));

        assertThat(result(ends, row(1, null, null, "x", null), row(1, null, null, "y", null)))
                .isEqualTo("[x, y]");
    }

    @Test
    void when_top_ties_then_the_smaller_value_comes_first_whatever_the_order_of_arrival() {
        RowAggregator top = RowAggregator.of(List.of(new AggregateFunction.Top("top", 3, ROWS, 0, 2)));
        TimedRow[] rows = {row(1, 5L, null, "c", null), row(2, 5L, null, "a", null), row(3, 9L, null, "z", null)};

        assertThat(result(top, rows)).isEqualTo("[[z, a, c]]");
        assertThat(result(top, rows[2], rows[1], rows[0])).isEqualTo("[[z, a, c]]");
    }

    @Test
    void when_a_sum_of_ints_leaves_64_bits_then_it_fails_and_says_so() {
        RowAggregator sum = RowAggregator.of(List.of(of("i", Function.SUM)));

        assertThatThrownBy(() -> result(sum, row(1, Long.MAX_VALUE, null, null, null), row(2, 1L, null, null, null)))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("the sum of i does not fit 64 bits: 9223372036854775807 + 1; sum up double(i) instead");
    }

    @Test
    void when_a_row_is_added_then_the_accumulator_before_is_unchanged() {
        Accumulator before = accumulate(ALL, row(1, 1L, 1.0, "a", null));
        byte[] bytes = bytes(before);

        ALL.add(before, row(2, 2L, 2.0, "b", null));
        ALL.merge(before, before);

        assertThat(bytes(before)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void when_parts_are_merged_in_any_grouping_then_the_result_is_that_of_all_rows_at_once(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            TimedRow[] rows = rows(random, random.nextInt(12));
            int first = random.nextInt(rows.length + 1);
            int second = first + random.nextInt(rows.length - first + 1);
            Accumulator a = accumulate(ALL, Arrays.copyOfRange(rows, 0, first));
            Accumulator b = accumulate(ALL, Arrays.copyOfRange(rows, first, second));
            Accumulator c = accumulate(ALL, Arrays.copyOfRange(rows, second, rows.length));
            Accumulator whole = accumulate(ALL, rows);

            assertThat(ALL.merge(ALL.merge(a, b), c))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(whole);
            assertThat(ALL.merge(a, ALL.merge(b, c)))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void when_an_accumulator_is_written_and_read_back_then_it_is_the_same(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            Accumulator accumulator = accumulate(ALL, rows(random, random.nextInt(20)));
            ByteReader in = new ByteReader(bytes(accumulator));

            assertThat(ALL.codec().decode(in)).isEqualTo(accumulator);
            assertThat(in.remaining()).isZero();
        }
    }

    @Test
    void when_numbers_grow_then_the_encoding_keeps_its_size() {
        RowAggregator numbers = RowAggregator.of(List.of(
                new AggregateFunction.CountRows("n"),
                of("i", Function.SUM),
                of("d", Function.AVG),
                of("d", Function.MAX)));
        Accumulator one = accumulate(numbers, row(1, 1L, 1.0, null, null));
        Accumulator two = numbers.add(one, row(2, 1L << 60, 1e300, null, null));

        assertThat(bytes(numbers.codec(), two)).hasSameSizeAs(bytes(numbers.codec(), one));
    }

    @Test
    void when_the_fields_of_an_aggregate_changed_then_old_accumulators_are_refused() {
        Codec<Accumulator> now =
                RowAggregator.of(List.of(of("i", Function.SUM))).codec();
        Codec<Accumulator> before =
                RowAggregator.of(List.of(of("d", Function.SUM))).codec();

        assertThat(now.reading(now.schema())).isSameAs(now);
        assertThatThrownBy(() -> now.reading(before.schema())).isInstanceOf(IncompatibleSchemaException.class);
    }

    private static AggregateFunction of(String field, Function function) {
        return new AggregateFunction.OfField(function + "_" + field, function, ROWS, ROWS.indexOf(field));
    }

    private static TimedRow row(
            long time, @Nullable Long i, @Nullable Double d, @Nullable String s, @Nullable Instant t) {
        return new TimedRow(Row.of(ROWS, i, d, s, t), time);
    }

    /** Doubles are whole, so that their sums do not depend on the order. */
    private static TimedRow[] rows(Random random, int count) {
        List<TimedRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(row(
                    random.nextInt(10),
                    random.nextInt(4) == 0 ? null : (long) random.nextInt(100) - 50,
                    random.nextInt(4) == 0 ? null : (double) random.nextInt(100),
                    random.nextInt(4) == 0 ? null : "s" + random.nextInt(5),
                    random.nextInt(4) == 0 ? null : Instant.ofEpochMilli(random.nextInt(100))));
        }
        return rows.toArray(TimedRow[]::new);
    }

    private static Accumulator accumulate(RowAggregator aggregator, TimedRow... rows) {
        Accumulator accumulator = aggregator.create();
        for (TimedRow row : rows) {
            accumulator = aggregator.add(accumulator, row);
        }
        return accumulator;
    }

    private static String result(RowAggregator aggregator, TimedRow... rows) {
        return Arrays.toString(aggregator.result(accumulate(aggregator, rows)));
    }

    private static byte[] bytes(Accumulator accumulator) {
        return bytes(ALL.codec(), accumulator);
    }

    private static byte[] bytes(Codec<Accumulator> codec, Accumulator accumulator) {
        ByteWriter out = new ByteWriter();
        codec.encode(accumulator, out);
        return out.toByteArray();
    }
}
