package stream.weir.runtime.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static stream.weir.runtime.function.TestSteps.join;
import static stream.weir.runtime.function.TestSteps.window;
import static stream.weir.runtime.function.TestSteps.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import stream.weir.api.pipeline.Input;
import stream.weir.api.pipeline.OnError;
import stream.weir.api.pipeline.Partitioning;
import stream.weir.api.pipeline.Stage;
import stream.weir.api.pipeline.Step.JoinType;
import stream.weir.runtime.function.ChainHarness.Mode;

class JoinOperatorTest {
    private static final int LEFT = 0;
    private static final int RIGHT = 1;

    @EachMode
    void when_a_window_is_over_then_its_records_are_paired_with_the_later_time(Mode mode) {
        // given
        ChainHarness chain = ChainHarness.ofTwo(mode, join(window(10), JoinType.INNER));
        chain.send(LEFT, "a", 1L, 3)
                .send(RIGHT, "a", 5L, 7)
                .send(RIGHT, "a", 5L, 1)
                .send(RIGHT, "b", 6L, 3);
        chain.send(LEFT, "a", 2L, 13).send(RIGHT, "aa", 6L, 3).send(LEFT, "c", 3L, 4);
        // when, then
        assertThat(chain.watermark(8).takenTexts()).isEmpty();
        assertThat(chain.watermark(9).takenTexts()).containsExactly("1+5@3", "1+5@7");
        chain.send(RIGHT, "a", 5L, 9);
        assertThat(chain.counted("late")).isEqualTo(1);
        assertThat(chain.end().takenTexts()).isEmpty();
    }

    @EachMode
    void when_a_left_record_has_no_partner_in_its_window_then_it_comes_alone(Mode mode) {
        // given
        ChainHarness chain = ChainHarness.ofTwo(mode, join(window(10), JoinType.LEFT));
        chain.send(LEFT, "a", 1L, 3)
                .send(RIGHT, "a", 5L, 10)
                .send(LEFT, "b", 2L, 5)
                .send(RIGHT, "b", 6L, 5);
        // when, then
        assertThat(chain.end().takenTexts()).containsExactly("1+none@3", "2+6@5");
    }

    @EachMode
    void when_records_are_within_the_distance_then_they_are_paired_at_once(Mode mode) {
        // given
        ChainHarness chain = ChainHarness.ofTwo(mode, join(within(5), JoinType.INNER));
        chain.send(LEFT, "a", 1L, 10).send(RIGHT, "b", 5L, 10).watermark(11);
        // when, then
        assertThat(chain.send(RIGHT, "a", 5L, 15).takenTexts()).containsExactly("1+5@15");
        assertThat(chain.send(RIGHT, "a", 6L, 16).takenTexts()).isEmpty();
        assertThat(chain.send(RIGHT, "a", 7L, 7).takenTexts())
                .as("behind the watermark")
                .containsExactly("1+7@10");
        assertThat(chain.send(RIGHT, "a", 8L, 6).takenTexts()).isEmpty();
        assertThat(chain.counted("late")).isEqualTo(1);
        assertThat(chain.send(LEFT, "a", 2L, 11).takenTexts()).containsExactly("2+5@15", "2+6@16", "2+7@11");
    }

    @EachMode
    void when_no_partner_can_come_any_more_then_the_left_record_comes_alone(Mode mode) {
        // given
        ChainHarness chain = ChainHarness.ofTwo(mode, join(within(5), JoinType.LEFT));
        chain.send(LEFT, "a", 1L, 10)
                .send(LEFT, "a", 2L, 10)
                .send(LEFT, "a", 3L, 20)
                .send(RIGHT, "a", 5L, 22);
        assertThat(chain.takenTexts()).containsExactly("3+5@22");
        // when, then
        assertThat(chain.watermark(14).takenTexts()).isEmpty();
        assertThat(chain.watermark(15).takenTexts()).containsExactly("1+none@10", "2+none@10");
        assertThat(chain.end().takenTexts()).isEmpty();
    }

    @Test
    void when_all_is_over_then_only_the_count_of_records_is_kept() {
        for (var time : List.of(window(10), within(3))) {
            // given
            ChainHarness chain = ChainHarness.ofTwo(Mode.RESTORING, join(time, JoinType.LEFT));
            // when
            chain.send(LEFT, "a", 1L, 10)
                    .send(RIGHT, "a", 2L, 10)
                    .send(LEFT, "a", 3L, 15)
                    .end();
            // then
            assertThat(chain.stateSize()).isEqualTo(1);
        }
    }

    @Test
    void when_a_join_holds_records_back_then_the_next_step_is_not_told_of_their_time() {
        // given
        ChainHarness windows = ChainHarness.ofTwo(Mode.PLAIN, join(window(10), JoinType.INNER));
        ChainHarness inner = ChainHarness.ofTwo(Mode.PLAIN, join(within(5), JoinType.INNER));
        ChainHarness left = ChainHarness.ofTwo(Mode.PLAIN, join(within(5), JoinType.LEFT));
        // when, then
        assertThat(List.of(told(windows, 18), told(inner, 18), told(left, 18))).containsExactly(9L, 18L, 13L);
        assertThat(List.of(told(windows, 19), told(inner, 19), told(left, 19))).containsExactly(19L, 19L, 14L);
        assertThat(told(windows, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(told(left, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    }

    private static long told(ChainHarness chain, long watermark) {
        return chain.watermark(watermark).chain().outputWatermark();
    }

    @Test
    void when_a_join_is_not_the_first_step_then_the_stage_is_refused() {
        assertThatThrownBy(() -> ChainHarness.ofTwo(
                        Mode.PLAIN,
                        TestSteps.map("before", value -> value, OnError.FAIL),
                        join(within(5), JoinType.LEFT)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("Stage stage, step join", "stands first", "before stands before it");
    }

    @Test
    void when_a_stream_is_joined_with_itself_then_each_record_is_on_both_sides() {
        assertThat(Side.of(List.of(input("a", "")), "a", "a")).containsExactly(Side.BOTH);
        assertThat(Side.of(List.of(input("a", ""), input("a", "")), "a", "a")).containsExactly(Side.LEFT, Side.RIGHT);
    }

    @Test
    void when_inputs_are_named_then_their_sides_are_found() {
        assertThat(Side.of(List.of(input("a", "late"), input("a", "")), "a", "a.late"))
                .containsExactly(Side.RIGHT, Side.LEFT);
        assertThatThrownBy(() -> Side.of(List.of(input("a", ""), input("b", "")), "a", "c"))
                .hasMessageContainingAll("the input b is neither left (a) nor right (c)", "[a, b]");
        assertThatThrownBy(() -> Side.of(List.of(input("a", "")), "a", "c")).hasMessageContaining("right is c");
    }

    private static Input input(String from, String output) {
        return new Input(from, output.isEmpty() ? Stage.MAIN : output, new Partitioning.Rebalance());
    }
}
