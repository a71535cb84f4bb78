package stream.weir.runtime.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static stream.weir.runtime.function.TestSteps.sliding;
import static stream.weir.runtime.function.TestSteps.sumOf;
import static stream.weir.runtime.function.TestSteps.tumbling;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stream.weir.api.pipeline.OnError;
import stream.weir.api.pipeline.WindowSpec;
import stream.weir.runtime.function.ChainHarness.Mode;

class WindowAggregateOperatorTest {
    @EachMode
    void when_the_watermark_reaches_a_windows_last_instant_then_it_is_emitted_with_that_time(Mode mode) {
        // given
        ChainHarness chain = ChainHarness.of(mode, sumOf(tumbling(10), 0));
        chain.send("a", 1L, 0).send("a", 2L, 9).send("b", 5L, 3).send("a", 4L, 10);
        // when, then
        assertThat(chain.watermark(8).takenTexts()).isEmpty();
        assertThat(chain.watermark(9).takenTexts()).containsExactly("a[0,10)=3@9", "b[0,10)=5@9");
        assertThat(chain.watermark(18).takenTexts()).isEmpty();
        assertThat(chain.watermark(100).takenTexts()).containsExactly("a[10,20)=4@19");
        assertThat(chain.stateSize()).isZero();
    }

    @EachMode
    void when_the_watermark_jumps_over_many_windows_then_they_come_in_the_order_of_their_ends(Mode mode) {
        // given
        ChainHarness chain = ChainHarness.of(mode, sumOf(tumbling(10), 0));
        for (long time : new long[] {95, 5, 1_000_005, 45}) {
            chain.send("a", 1L, time);
        }
        // when
        chain.watermark(Long.MAX_VALUE);
        // then
        assertThat(chain.taken()).extracting(ChainHarness.Out::timestamp).containsExactly(9L, 49L, 99L, 1_000_009L);
    }

    @EachMode
    void when_windows_slide_then_a_record_counts_in_each_of_them(Mode mode) {
        // given
        ChainHarness chain = ChainHarness.of(mode, sumOf(sliding(30, 10), 0));
        chain.send("a", 1L, 5).send("a", 2L, 15).send("a", 4L, 25);
        // when, then
        assertThat(chain.watermark(9).takenTexts()).containsExactly("a[-20,10)=1@9");
        assertThat(chain.watermark(29).takenTexts()).containsExactly("a[-10,20)=3@19", "a[0,30)=7@29");
        assertThat(chain.watermark(Long.MAX_VALUE).takenTexts()).containsExactly("a[10,40)=6@39", "a[20,50)=4@49");
        assertThat(chain.stateSize()).isZero();
    }

    @EachMode
    void when_some_of_its_windows_are_over_then_a_record_counts_in_the_others(Mode mode) {
        // given
        ChainHarness chain = ChainHarness.of(mode, sumOf(sliding(30, 10), 0));
        chain.send("a", 1L, 5).watermark(25).takenTexts();
        // when
        chain.send("a", 2L, 5).send("a", 7L, -25);
        // then
        assertThat(chain.counted("late")).isEqualTo(1);
        assertThat(chain.side("late")).containsExactly(new ChainHarness.Out(7L, -25));
        assertThat(chain.takenTexts()).isEmpty();
        assertThat(chain.watermark(29).takenTexts()).containsExactly("a[0,30)=3@29");
    }

    @EachMode
    void when_lateness_is_allowed_then_a_changed_result_is_sent_again_until_the_window_is_gone(Mode mode) {
        // given
        ChainHarness chain = ChainHarness.of(mode, sumOf(tumbling(10), 5));
        chain.send("a", 1L, 5).watermark(9);
        assertThat(chain.takenTexts()).containsExactly("a[0,10)=1@9");
        // when, then
        assertThat(chain.send("a", 2L, 3).takenTexts()).containsExactly("a[0,10)=3@9");
        assertThat(chain.send("b", 8L, 3).takenTexts()).containsExactly("b[0,10)=8@9");
        assertThat(chain.watermark(13).send("a", 4L, 0).takenTexts()).containsExactly("a[0,10)=7@9");
        assertThat(chain.watermark(14).send("a", 4L, 0).takenTexts()).isEmpty();
        assertThat(chain.counted("late")).isEqualTo(1);
        assertThat(chain.stateSize()).isZero();
    }

    @Test
    void when_slides_are_longer_than_windows_then_records_between_them_are_in_none() {
        // given
        ChainHarness chain = ChainHarness.of(sumOf(sliding(10, 25), 0));
        // when
        chain.send("a", 1L, 5).send("a", 2L, 15).send("a", 4L, 25).watermark(Long.MAX_VALUE);
        // then
        assertThat(chain.takenTexts()).containsExactly("a[0,10)=1@9", "a[25,35)=4@34");
        assertThat(chain.counted("late")).isZero();
    }

    @Test
    void when_times_are_negative_then_windows_align_downward() {
        // given
        ChainHarness chain = ChainHarness.of(sumOf(tumbling(10), 0));
        // when
        chain.send("a", 1L, -1).send("a", 2L, -10).send("a", 4L, -11).watermark(0);
        // then
        assertThat(chain.takenTexts()).containsExactly("a[-10,0)=3@-1", "a[-20,-10)=4@-11");
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE, -(1L << 62) - 1, (1L << 62) + 1})
    void when_a_time_is_absent_or_out_of_range_then_it_is_the_records_error(long timestamp) {
        // given
        ChainHarness failing = ChainHarness.of(sumOf(tumbling(10), 0));
        ChainHarness skipping = ChainHarness.of(sumOf(tumbling(10), 0, OnError.SKIP));
        // when, then
        assertThatThrownBy(() -> failing.send("a", 42L, timestamp))
                .isInstanceOf(StepFailedException.class)
                .hasMessageContainingAll("Stage stage, step sum", "42", "event time");
        assertThat(skipping.send("a", 42L, timestamp).send("a", 1L, 0).end().takenTexts())
                .containsExactly("a[0,10)=1@9");
        assertThat(skipping.counted("skipped")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {-(1L << 62), (1L << 62)})
    void when_a_time_is_at_the_end_of_the_range_then_nothing_overflows(long timestamp) {
        // given
        ChainHarness chain = ChainHarness.of(Mode.RESTORING, sumOf(sliding(1L << 60, 1L << 58), 1L << 60));
        // when
        chain.send("a", 1L, timestamp).end();
        // then
        assertThat(chain.taken()).hasSize(4).isSortedAccordingTo((a, b) -> Long.compare(a.timestamp(), b.timestamp()));
        assertThat(chain.stateSize()).isZero();
    }

    @EachMode
    void when_the_aggregator_fails_on_a_record_then_the_others_are_unharmed(Mode mode) {
        // given
        ChainHarness chain = ChainHarness.of(mode, sumOf(tumbling(10), 0, OnError.DEAD_LETTER));
        // when
        chain.send("a", 1L, 0).send("a", 13L, 0).send("a", 2L, 0).end();
        // then
        assertThat(chain.takenTexts()).containsExactly("a[0,10)=3@9");
        assertThat(chain.side("deadLetters")).hasSize(1);
    }

    @Test
    void when_a_window_has_no_length_then_the_step_is_refused_by_name() {
        assertThatThrownBy(() -> ChainHarness.of(sumOf(new WindowSpec.Tumbling(Duration.ZERO), 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("Stage stage, step sum", "window size is PT0S");
    }
}
