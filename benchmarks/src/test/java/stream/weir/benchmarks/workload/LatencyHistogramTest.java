package stream.weir.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyHistogramTest {
    private final LatencyHistogram histogram = new LatencyHistogram();

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 127, 128, 255, 256, 257, 511, 512, 1_000, 123_456_789, 5_000_000_000L, Long.MAX_VALUE})
    void when_there_is_one_time_then_every_quantile_is_that_within_one_percent(long nanos) {
        // when
        histogram.add(nanos);
        // then
        assertThat(histogram.quantile(0)).isEqualTo(histogram.quantile(1)).isGreaterThanOrEqualTo(nanos);
        assertThat((double) histogram.quantile(0.5)).isCloseTo(nanos, Percentage.withPercentage(1));
    }

    @Test
    void when_there_are_many_times_then_quantiles_are_theirs() {
        // when
        LongStream.rangeClosed(1, 10_000).map(i -> i * 1_000).forEach(histogram::add);
        // then
        assertThat(histogram.count()).isEqualTo(10_000);
        assertThat((double) histogram.quantile(0.5)).isCloseTo(5_000_000, Percentage.withPercentage(1));
        assertThat((double) histogram.quantile(0.99)).isCloseTo(9_900_000, Percentage.withPercentage(1));
        assertThat((double) histogram.quantile(0.999)).isCloseTo(9_990_000, Percentage.withPercentage(1));
    }

    @Test
    void when_texts_of_others_are_added_then_it_is_as_if_all_times_were_its_own() {
        // given
        LatencyHistogram other = new LatencyHistogram();
        LatencyHistogram all = new LatencyHistogram();
        LongStream.of(3, 3, 900, 70_000).forEach(other::add);
        LongStream.of(3, 3, 900, 70_000, 3, 5_000_000).forEach(all::add);
        LongStream.of(3, 5_000_000).forEach(histogram::add);
        // when
        histogram.addAll(other.text());
        histogram.addAll(new LatencyHistogram().text());
        // then
        assertThat(histogram.text()).isEqualTo(all.text());
    }

    @Test
    void when_a_clock_goes_back_then_the_time_is_none() {
        // when
        histogram.add(-5);
        // then
        assertThat(histogram.quantile(1)).isZero();
    }
}
