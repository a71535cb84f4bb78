package stream.weir.runtime.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static stream.weir.runtime.function.TestSteps.map;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import stream.weir.api.codec.Codecs;
import stream.weir.api.function.Collector;
import stream.weir.api.function.FunctionContext;
import stream.weir.api.function.ProcessFunction;
import stream.weir.api.function.SideOutput;
import stream.weir.api.pipeline.OnError;
import stream.weir.api.pipeline.Stage;
import stream.weir.api.pipeline.Step;
import stream.weir.api.row.Row;
import stream.weir.runtime.function.ChainHarness.Out;

class ChainTest {
    private static final SideOutput<String> ODD = new SideOutput<>("odd", Codecs.STRING);

    @Test
    void when_a_stage_has_no_steps_then_records_and_watermarks_pass() {
        // given
        ChainHarness chain = ChainHarness.of();
        // when
        chain.send("k", "x", 7).watermark(9);
        // then
        assertThat(chain.taken()).containsExactly(new Out("x", 7));
        assertThat(chain.chain().outputWatermark()).isEqualTo(9);
    }

    @Test
    void when_a_record_runs_through_stateless_steps_then_it_keeps_its_time() {
        // given
        ChainHarness chain = ChainHarness.of(
                new Step.Filter<Long>("odd", value -> value % 2 == 1, OnError.FAIL),
                new Step.FlatMap<Long, Long>("twice", value -> List.of(value, value * 10), OnError.FAIL),
                new Step.Map<Long, String>("text", value -> "<" + value + ">", OnError.FAIL));
        // when
        chain.send("k", 1L, 5).send("k", 2L, 6).send("k", 3L, Long.MIN_VALUE);
        // then
        assertThat(chain.taken())
                .extracting(Object::toString)
                .containsExactly("<1>@5", "<10>@5", "<3>@" + Long.MIN_VALUE, "<30>@" + Long.MIN_VALUE);
    }

    @Test
    void when_a_function_emits_then_it_sees_time_and_watermark_and_may_use_side_outputs() {
        // given
        ProcessFunction<Long, String> function = (value, context, out) -> {
            out.emit(value + " at " + context.timestamp() + " after " + context.watermark());
            out.emit("moved", 99);
            context.emit(ODD, "side " + value);
        };
        ChainHarness chain = ChainHarness.of(new Step.Process<>("f", () -> function, OnError.FAIL));
        // when
        chain.watermark(3).send("k", 1L, 5);
        // then
        assertThat(chain.taken()).containsExactly(new Out("1 at 5 after 3", 5), new Out("moved", 99));
        assertThat(chain.side("odd")).containsExactly(new Out("side 1", 5));
    }

    @ParameterizedTest
    @EnumSource(FailingStep.class)
    void when_a_function_fails_then_the_policy_of_its_step_decides(FailingStep failing) {
        // fail
        assertThatThrownBy(() -> chain(failing, OnError.FAIL).send("k", "r1", 1_000))
                .isInstanceOf(StepFailedException.class)
                .hasMessageContainingAll("Stage stage, step bad", "r1", "1970-01-01T00:00:01Z", "no!")
                .hasRootCauseInstanceOf(IllegalStateException.class);
        // skip
        ChainHarness skipping = chain(failing, OnError.SKIP).send("k", "r1", 1).send("k", "fine", 2);
        assertThat(skipping.taken()).containsExactly(new Out("fine", 2));
        assertThat(skipping.counted("skipped")).isEqualTo(1);
        // dead letter
        ChainHarness letters = chain(failing, OnError.DEAD_LETTER).send("k", "r1", 1_000);
        Row row = (Row) letters.side(Stage.DEAD_LETTERS).getFirst().value();
        assertThat(row.get("step")).isEqualTo("bad");
        assertThat(row.get("error")).isEqualTo("java.lang.IllegalStateException: no!");
        assertThat(row.get("position")).isEqualTo("event time 1970-01-01T00:00:01Z");
        assertThat(row.get("raw")).hasToString("7231");
        assertThat(letters.taken()).isEmpty();
    }

    private static ChainHarness chain(FailingStep failing, OnError policy) {
        return ChainHarness.of(failing.step.apply(policy));
    }

    private static Object fail(Object value) {
        if (!value.equals("fine")) {
            throw new IllegalStateException("no!");
        }
        return value;
    }

    private enum FailingStep {
        FILTER(policy -> new Step.Filter<>("bad", value -> fail(value) == value, policy)),
        MAP(policy -> new Step.Map<>("bad", ChainTest::fail, policy)),
        FLAT_MAP(policy -> new Step.FlatMap<>("bad", value -> List.of(fail(value)), policy)),
        LAZY_FLAT_MAP(policy -> new Step.FlatMap<Object, Object>(
                "bad", value -> () -> Stream.of(value).map(ChainTest::fail).iterator(), policy)),
        PROCESS(policy -> new Step.Process<>("bad", () -> (value, context, out) -> out.emit(fail(value)), policy));

        private final Function<OnError, Step> step;

        FailingStep(Function<OnError, Step> step) {
            this.step = step;
        }
    }

    @Test
    void when_a_later_step_fails_then_it_is_blamed_and_the_earlier_policies_do_not_apply() {
        for (Step first : List.of(
                map("first", value -> value, OnError.SKIP),
                new Step.FlatMap<>("first", List::of, OnError.SKIP),
                new Step.Process<>("first", () -> (value, context, out) -> out.emit(value), OnError.SKIP),
                new Step.Process<>("first", () -> ChainTest::wrapping, OnError.SKIP),
                new Step.Process<>("first", () -> ChainTest::swallowing, OnError.SKIP))) {
            // given
            ChainHarness chain = ChainHarness.of(first, map("second", ChainTest::fail, OnError.FAIL));
            // when, then
            assertThatThrownBy(() -> chain.send("k", "r1", 1))
                    .isInstanceOf(StepFailedException.class)
                    .hasMessageContaining("step second");
            assertThat(chain.counted("skipped")).isZero();
        }
    }

    private static void wrapping(Object value, FunctionContext context, Collector<Object> out) {
        try {
            out.emit(value);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("mine", e);
        }
    }

    private static void swallowing(Object value, FunctionContext context, Collector<Object> out) {
        try {
            out.emit(value);
        } catch (RuntimeException e) {
            context.timestamp(); // and go on as if nothing had happened
        }
    }

    @Test
    void when_a_later_step_skips_a_record_then_the_earlier_one_goes_on() {
        // given
        ChainHarness chain = ChainHarness.of(
                new Step.FlatMap<>("two", value -> List.of(value, "fine"), OnError.FAIL),
                map("second", ChainTest::fail, OnError.SKIP));
        // when
        chain.send("k", "r1", 1);
        // then
        assertThat(chain.taken()).containsExactly(new Out("fine", 1));
    }

    @Test
    void when_a_function_fails_after_it_emitted_then_that_stays_emitted() {
        // given
        Iterable<Object> breaking = () -> new Iterator<>() {
            private int left = 3;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Object next() {
                if (--left == 0) {
                    throw new IllegalStateException("broken");
                }
                return left;
            }
        };
        ChainHarness chain = ChainHarness.of(new Step.FlatMap<>("f", value -> breaking, OnError.SKIP));
        // when
        chain.send("k", "x", 1);
        // then
        assertThat(chain.taken()).containsExactly(new Out(2, 1), new Out(1, 1));
        assertThat(chain.counted("skipped")).isEqualTo(1);
    }

    @Test
    void when_the_stack_overflows_then_it_is_the_steps_failure_but_other_errors_pass() {
        // given
        ChainHarness deep = ChainHarness.of(map("deep", ChainTest::endless, OnError.FAIL));
        ChainHarness memory = ChainHarness.of(map(
                "memory",
                value -> {
                    throw new OutOfMemoryError("test");
                },
                OnError.SKIP));
        // when, then
        assertThatThrownBy(() -> deep.send("k", "x", 1))
                .isInstanceOf(StepFailedException.class)
                .hasRootCauseInstanceOf(StackOverflowError.class);
        assertThatThrownBy(() -> memory.send("k", "x", 1)).isInstanceOf(OutOfMemoryError.class);
    }

    @SuppressWarnings("InfiniteRecursion")
    private static Object endless(Object value) {
        return List.of(endless(value));
    }

    @Test
    void when_a_record_is_long_or_cannot_be_shown_then_the_error_still_names_the_step() {
        // given
        ChainHarness chain = ChainHarness.of(map("bad", ChainTest::fail, OnError.FAIL));
        Object unprintable = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("secret");
            }
        };
        // when, then
        assertThatThrownBy(() -> chain.send("k", "x".repeat(10_000), 1))
                .satisfies(error ->
                        assertThat(error.getMessage()).hasSizeLessThan(800).contains("10000 characters"));
        assertThatThrownBy(() -> chain.send("k", unprintable, Long.MIN_VALUE))
                .hasMessageContainingAll("step bad", "secret", "without event time");
    }

    @Test
    @SuppressWarnings("NullAway") // users' code may not be checked
    void when_a_function_returns_null_then_it_is_an_error() {
        // given
        List<Step> steps = new ArrayList<>();
        steps.add(new Step.Map<Object, Object>("nulls", value -> null, OnError.FAIL));
        steps.add(new Step.FlatMap<Object, Object>("nulls", value -> java.util.Arrays.asList(1, null), OnError.FAIL));
        steps.add(
                new Step.Process<Object, Object>("nulls", () -> (value, context, out) -> out.emit(null), OnError.FAIL));
        // when, then
        for (Step step : steps) {
            assertThatThrownBy(() -> ChainHarness.of(step).send("k", "x", 1))
                    .isInstanceOf(StepFailedException.class)
                    .hasMessageContaining("null");
        }
    }

    @Test
    void when_the_watermark_advances_then_a_steps_results_reach_the_next_before_it_is_told() {
        // given
        ChainHarness chain = ChainHarness.of(
                TestSteps.sumOf(TestSteps.tumbling(10), 0),
                new Step.Map<String, Long>("one", value -> 1L, OnError.FAIL),
                new Step.WindowAggregate<String, Long, Long, Long, String>(
                        "count",
                        TestSteps.tumbling(100),
                        java.time.Duration.ZERO,
                        new TestSteps.Sum(),
                        TestSteps.LONG,
                        (key, start, end, sum) -> key + " " + sum,
                        java.util.Optional.empty(),
                        OnError.FAIL));
        // when
        chain.send("a", 1L, 1)
                .send("a", 1L, 55)
                .send("b", 1L, 2)
                .send("a", 1L, 99)
                .watermark(500);
        // then
        assertThat(chain.takenTexts()).containsExactly("a 3@99", "b 1@99");
        assertThat(chain.counted("late")).isZero();
    }
}
