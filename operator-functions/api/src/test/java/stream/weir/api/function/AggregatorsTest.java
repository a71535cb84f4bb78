package stream.weir.api.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Codec;
import stream.weir.api.codec.Codecs;

class AggregatorsTest {
    record Case(Aggregation<String, ?, ?> aggregation, Object result) {}

    static Stream<Case> cases() {
        return Stream.of(
                new Case(Aggregators.count(), 5L),
                new Case(Aggregators.sumLong(String::length), 12L),
                new Case(Aggregators.sumDouble(String::length), 12.0),
                new Case(Aggregators.average(String::length), 2.4),
                new Case(Aggregators.min(text -> text, Codecs.STRING), Optional.of("a")),
                new Case(Aggregators.max(String::length, Codecs.INT), Optional.of(4)),
                new Case(
                        Aggregators.top(3, Comparator.comparingInt(String::length), Codecs.STRING),
                        List.of("dddd", "ccc", "ee")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void when_records_come_in_any_order_and_parts_then_the_result_is_the_same(Case each) {
        Random random = new Random(1);
        for (int i = 0; i < 50; i++) {
            List<String> records = new ArrayList<>(List.of("a", "bb", "ccc", "dddd", "ee"));
            Collections.shuffle(records, random);
            assertThat(result(each.aggregation, records, random.nextInt(6))).isEqualTo(each.result);
        }
    }

    @Test
    void when_there_is_nothing_then_the_result_says_so() {
        assertThat(result(Aggregators.count(), List.of(), 0)).isEqualTo(0L);
        assertThat(result(Aggregators.average(String::length), List.of(), 0)).isNaN();
        assertThat(result(Aggregators.min(text -> text, Codecs.STRING), List.of(), 0))
                .isEqualTo(Optional.empty());
    }

    @Test
    void when_a_sum_overflows_then_it_fails() {
        assertThatThrownBy(() -> result(Aggregators.sumLong(text -> Long.MAX_VALUE), List.of("a", "b"), 0))
                .isInstanceOf(ArithmeticException.class);
    }

    /** Adds the first records to one accumulator and the rest to another, stores and loads both, and merges them. */
    private static <A, O> O result(Aggregation<String, A, O> aggregation, List<String> records, int split) {
        Aggregator<String, A, O> aggregator = aggregation.aggregator();
        A left = aggregator.create();
        A right = aggregator.create();
        for (int i = 0; i < records.size(); i++) {
            if (i < split) {
                left = aggregator.add(left, records.get(i));
            } else {
                right = aggregator.add(right, records.get(i));
            }
        }
        Codec<A> codec = aggregation.accumulatorCodec();
        return aggregator.result(aggregator.merge(stored(codec, left), stored(codec, right)));
    }

    private static <A> A stored(Codec<A> codec, A value) {
        ByteWriter out = new ByteWriter();
        codec.encode(value, out);
        return codec.decode(new ByteReader(out.toByteArray()));
    }
}
