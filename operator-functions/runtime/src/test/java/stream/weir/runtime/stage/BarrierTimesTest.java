package stream.weir.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import stream.weir.runtime.stage.BarrierTimes.Taken;

class BarrierTimesTest {
    private final BarrierTimes times = new BarrierTimes();

    @Test
    void when_the_last_barrier_comes_then_alignment_is_counted_from_the_first_and_not_from_the_trigger() {
        times.triggered(3, 100);
        times.barrier(3, 140);
        times.barrier(3, 190);

        assertThat(times.aligned(3, 200)).isEqualTo(new Taken(40, 60));
    }

    @Test
    void when_the_barrier_is_faster_than_the_trigger_then_nothing_was_waited_for() {
        times.barrier(3, 140);
        times.triggered(3, 150);

        assertThat(times.aligned(3, 200)).isEqualTo(new Taken(0, 60));
    }

    @Test
    void when_no_barrier_came_then_nothing_was_aligned() {
        times.triggered(3, 100);

        assertThat(times.aligned(3, 200)).isEqualTo(Taken.NOTHING);
    }

    @Test
    void when_forgotten_or_overtaken_then_a_later_one_begins_anew() {
        times.barrier(3, 100);
        times.barrier(4, 110);
        times.forget(4);
        times.barrier(4, 180);

        assertThat(times.aligned(4, 200)).isEqualTo(new Taken(0, 20));
        assertThat(times.aligned(3, 200)).isEqualTo(Taken.NOTHING);
    }
}
