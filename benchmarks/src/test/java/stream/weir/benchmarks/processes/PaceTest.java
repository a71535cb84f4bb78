package stream.weir.benchmarks.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = 1_000_000_000;

    private long now = 5 * SECOND;
    private final Pace pace = new Pace(Duration.ZERO, 1_000, () -> now);

    @Test
    void when_bytes_come_at_once_then_they_go_one_after_another() {
        assertThat(pace.through(1_000)).isEqualTo(6 * SECOND);
        assertThat(pace.through(500)).isEqualTo(6 * SECOND + SECOND / 2);
    }

    @Test
    void when_nothing_came_for_a_while_then_no_more_than_an_instant_is_made_up_for() {
        // given
        pace.through(1_000);
        // when
        now += 10 * SECOND;
        // then
        assertThat(pace.through(1_000)).isEqualTo(16 * SECOND - 10_000_000);
    }

    @Test
    void when_there_is_no_limit_then_bytes_are_through_at_once() {
        assertThat(new Pace(Duration.ZERO, Pace.UNLIMITED, () -> now).through(Long.MAX_VALUE))
                .isEqualTo(now);
    }
}
