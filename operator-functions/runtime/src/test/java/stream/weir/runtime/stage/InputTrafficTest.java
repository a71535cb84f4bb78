package stream.weir.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which key groups records are of. */
class InputTrafficTest {
    /** Groups 32 to 63, sampled so often. */
    private static InputTraffic sampled(int times, IntUnaryOperator group) {
        InputTraffic traffic = new InputTraffic(32, 32);
        IntStream.range(0, times).map(group).forEach(traffic::sampled);
        return traffic;
    }

    @Test
    void when_keys_are_spread_then_no_group_is_hot() {
        assertThat(sampled(3200, i -> 32 + i % 32).hot()).isEmpty();
    }

    @Test
    void when_half_of_the_records_have_one_group_then_it_is_hot() {
        assertThat(sampled(3000, i -> i % 2 == 0 ? 40 : 32 + i % 32).hot()).hasValueSatisfying(hot -> {
            assertThat(hot.keyGroup()).isEqualTo(40);
            assertThat(hot.share()).isCloseTo(0.5, within(0.05));
        });
    }

    @Test
    void when_another_group_becomes_hot_then_the_old_one_is_forgotten() {
        assertThat(sampled(20_000, i -> i < 4_000 ? 40 : 50).greatest())
                .hasValueSatisfying(hot -> assertThat(hot.keyGroup()).isEqualTo(50));
    }

    @Test
    void when_there_are_few_samples_then_nothing_is_said() {
        assertThat(sampled(99, i -> 40).hot()).isEmpty();
    }
}
