package stream.weir.coordinator.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    /** The clock wraps around within the tests. */
    private final long start = Long.MAX_VALUE - 3;

    private final Schedule schedule = Schedule.from(Duration.ofNanos(10), Duration.ofNanos(4), start);

    @Test
    void when_a_run_starts_then_due_after_one_interval_also_where_the_clock_wraps() {
        assertThat(schedule.isDue(start)).isFalse();
        assertThat(schedule.isDue(at(9))).isFalse();
        assertThat(schedule.isDue(at(10))).isTrue();
    }

    @Test
    void when_one_ended_early_then_the_interval_decides() {
        assertThat(schedule.started(at(10)).ended(at(11)).dueAt()).isEqualTo(at(20));
    }

    @Test
    void when_one_ended_late_then_the_pause_decides() {
        assertThat(schedule.started(at(10)).ended(at(19)).dueAt()).isEqualTo(at(23));
    }

    private long at(long nanos) {
        return start + nanos;
    }
}
