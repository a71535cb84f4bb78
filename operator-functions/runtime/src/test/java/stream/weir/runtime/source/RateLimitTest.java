package stream.weir.runtime.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final long MILLI = 1_000_000;

    @Test
    void when_time_passes_then_as_many_records_are_let_through_as_the_rate_says() {
        // given
        RateLimit limit = new RateLimit(1_000, 0);
        int taken = 0;

        // when
        for (long now = 0; now <= 10_000 * MILLI; now += 7 * MILLI) {
            int available = limit.available(now);
            limit.take(available);
            taken += available;
        }

        // then
        assertThat(taken).isBetween(9_900, 10_000);
    }

    @Test
    void when_nothing_was_taken_for_long_then_no_more_than_a_tenth_of_a_second_is_saved_up() {
        // given
        RateLimit limit = new RateLimit(1_000, 0);

        // when, then
        assertThat(limit.available(3_600_000 * MILLI)).isEqualTo(100);
    }

    @Test
    void when_no_record_is_allowed_then_the_pause_leads_to_the_next() {
        // given
        RateLimit limit = new RateLimit(10, 0);

        // when
        int atOnce = limit.available(0);
        long pause = limit.nanosUntilNext();

        // then
        assertThat(atOnce).isZero();
        assertThat(pause).isEqualTo(100 * MILLI);
        assertThat(limit.available(pause)).isEqualTo(1);
    }
}
