package stream.weir.benchmarks.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OutputGapsTest {
    private final OutputGaps gaps = new OutputGaps();

    @Test
    void when_all_stand_still_after_an_event_then_the_gap_and_the_way_back_are_found() {
        // given
        ticks("a", 0, 20_000, 10);
        ticks("b", 0, 20_000, 10);
        // when
        ticks("a", 21_500, 30_000, 10);
        ticks("b", 21_600, 30_000, 10);
        // then
        assertThat(gaps.after(20_050)).isEqualTo(new OutputGaps.Found(200, 1_500, 2_450));
    }

    @Test
    void when_one_goes_on_then_the_gap_is_its_own_pace() {
        // given
        ticks("a", 0, 20_000, 10);
        // when
        ticks("b", 0, 30_000, 10);
        // then
        assertThat(gaps.after(20_050).gapMillis()).isEqualTo(100);
    }

    @Test
    void when_a_replica_begins_again_then_its_count_is_added() {
        // given
        gaps.heard("a", 0, 500);
        // when
        gaps.heard("a", 100, 20);
        // then
        assertThat(gaps.total()).isEqualTo(520);
    }

    @Test
    void when_nothing_comes_after_the_event_then_that_is_an_error() {
        // given
        ticks("a", 0, 1_000, 10);
        // then
        assertThatThrownBy(() -> gaps.after(5_000)).hasMessageContaining("nothing was processed after the event");
    }

    /** Says every 100 ms that so many more were processed. */
    private void ticks(String who, long from, long to, long each) {
        long count = gaps.total();
        long own = 0;
        for (long at = from; at <= to; at += 100) {
            own += each;
            gaps.heard(who + from, at, own);
        }
        assertThat(gaps.total()).isEqualTo(count + own);
    }
}
