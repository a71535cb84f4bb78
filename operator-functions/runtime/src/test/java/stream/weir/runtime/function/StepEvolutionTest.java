package stream.weir.runtime.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import stream.weir.api.codec.Codec;
import stream.weir.api.codec.Codecs;
import stream.weir.api.function.Aggregator;
import stream.weir.api.pipeline.OnError;
import stream.weir.api.pipeline.Step;
import stream.weir.api.pipeline.WindowSpec;
import stream.weir.runtime.function.ChainHarness.Mode;
import stream.weir.runtime.state.StateIncompatibleException;

/** What steps keep is read after its type has been widened, and refused by name where it cannot be. */
class StepEvolutionTest {
    /** Sums numbers of any kind in the accumulator's own. */
    private record Sum<A extends Number>(Class<A> type) implements Aggregator<Long, A, Long> {
        private A of(long value) {
            return type.cast(type == Integer.class ? (Number) (int) value : (Number) value);
        }

        @Override
        public A create() {
            return of(0);
        }

        @Override
        public A add(A accumulator, Long input) {
            return of(accumulator.longValue() + input);
        }

        @Override
        public A merge(A left, A right) {
            return of(left.longValue() + right.longValue());
        }

        @Override
        public Long result(A accumulator) {
            return accumulator.longValue();
        }
    }

    private static <A extends Number> Step sum(WindowSpec window, Class<A> type) {
        return new Step.WindowAggregate<String, Long, A, Long, String>(
                "sum",
                window,
                Duration.ZERO,
                new Sum<>(type),
                Codecs.of(type),
                (key, start, end, sum) -> key + sum,
                Optional.empty(),
                OnError.FAIL);
    }

    private static <A extends Number> Step running(Class<A> type) {
        return new Step.RunningAggregate<String, Long, A, Long, String>(
                "sum", new Sum<>(type), Codecs.of(type), (key, sum) -> key + sum, OnError.FAIL);
    }

    private static <A extends Number> Step join(Step.JoinTime time, Class<A> type) {
        Codec<A> codec = Codecs.of(type);
        return new Step.Join<A, A, String>(
                "join",
                "left",
                "right",
                time,
                Step.JoinType.INNER,
                codec,
                codec,
                (left, right) -> left + "+" + right,
                OnError.FAIL);
    }

    @Test
    void when_an_accumulator_is_widened_then_windows_and_running_results_go_on() {
        for (WindowSpec window :
                new WindowSpec[] {TestSteps.tumbling(10), TestSteps.sliding(10, 5), TestSteps.session(10)}) {
            ChainHarness chain = ChainHarness.of(Mode.MEMORY, sum(window, Integer.class));
            chain.send("a", 1L, 5).restore(sum(window, Long.class)).send("a", 1L << 40, 6);
            assertThat(chain.end().takenTexts()).anyMatch(out -> out.startsWith("a" + ((1L << 40) + 1)));
        }
        ChainHarness chain = ChainHarness.of(Mode.MEMORY, running(Integer.class));
        chain.send("a", 1L, 5).restore(running(Long.class)).send("a", 1L << 40, 6);
        assertThat(chain.takenTexts()).contains("a" + ((1L << 40) + 1) + "@6");
    }

    @Test
    void when_a_joined_row_is_widened_then_kept_rows_are_paired() {
        for (Step.JoinTime time : new Step.JoinTime[] {TestSteps.window(10), TestSteps.within(3)}) {
            ChainHarness chain = ChainHarness.ofTwo(Mode.MEMORY, join(time, Integer.class));
            chain.send(0, "a", 1, 5).restore(join(time, Long.class)).send(1, "a", 2L, 6);
            assertThat(chain.end().takenTexts()).containsExactly("1+2@6");
        }
    }

    @Test
    void when_a_type_cannot_be_read_then_the_state_is_refused_by_name() {
        ChainHarness sums = ChainHarness.of(Mode.MEMORY, sum(TestSteps.session(10), Long.class));
        sums.send("a", 1L, 5);
        assertThatThrownBy(() -> sums.restore(sum(TestSteps.session(10), Integer.class)))
                .isInstanceOf(StateIncompatibleException.class)
                .hasMessageContainingAll("sum/sessions", "int64", "int32");
        ChainHarness joins = ChainHarness.ofTwo(Mode.MEMORY, join(TestSteps.window(10), Long.class));
        assertThatThrownBy(() -> joins.restore(join(TestSteps.window(10), Integer.class)))
                .hasMessageContainingAll("join/rows", "int64", "int32");
        ChainHarness seen = ChainHarness.of(Mode.MEMORY, TestSteps.deduplicate(Optional.empty()));
        Step other = new Step.Deduplicate<Long, String>(
                "once", String::valueOf, Codecs.STRING, Optional.empty(), OnError.FAIL);
        assertThatThrownBy(() -> seen.restore(other)).hasMessageContainingAll("once/seen", "int64", "string");
    }
}
