package stream.weir.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MeasuredPartTest {
    private final AtomicLong clock = new AtomicLong(100);
    private final AtomicLong cpu = new AtomicLong(7);
    private final MeasuredPart measured = new MeasuredPart(clock::get, cpu::get);

    @Test
    void when_sources_begin_one_after_the_other_then_the_first_counts() {
        measured.begin();
        clock.addAndGet(10);
        measured.begin();
        clock.addAndGet(5);
        cpu.addAndGet(3);

        assertThat(measured.end()).isEqualTo(new MeasuredPart.Cost(15, 3));
    }

    @Test
    void when_no_source_began_then_there_is_no_cost() {
        assertThatThrownBy(measured::end)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nothing was measured");
    }
}
