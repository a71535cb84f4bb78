package stream.weir.runtime.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import stream.weir.api.codec.Codecs;
import stream.weir.api.function.Collector;
import stream.weir.api.function.KeyedContext;
import stream.weir.api.function.KeyedProcessFunction;
import stream.weir.api.function.StateDeclarations;
import stream.weir.api.function.TimeDomain;
import stream.weir.api.function.TwoInputFunction;
import stream.weir.api.pipeline.OnError;
import stream.weir.api.pipeline.Step;
import stream.weir.api.state.ListState;
import stream.weir.api.state.ValueState;
import stream.weir.runtime.function.ChainHarness.Mode;
import stream.weir.runtime.function.ChainHarness.Out;

class KeyedProcessOperatorTest {
    private static final String NO_STATE = "nothing yet";

    /** Counts; emits the count 10 after the key's last record, and on the clock 100 after each. Fails on {@code bad}. */
    private static final class Counting implements KeyedProcessFunction<String, String, String> {
        @SuppressWarnings("NullAway.Init")
        private ValueState<Long> count;

        @SuppressWarnings("NullAway.Init")
        private ValueState<Long> timer;

        @Override
        public void open(StateDeclarations states) {
            count = states.value("count", Codecs.LONG);
            timer = states.value("timer", Codecs.LONG);
        }

        @Override
        public void process(String value, KeyedContext<String> context, Collector<String> out) {
            count.update(count.orElse(0L) + 1);
            timer.get().ifPresent(context::deleteEventTimer);
            timer.update(context.timestamp() + 10);
            context.setEventTimer(context.timestamp() + 10);
            context.setProcessingTimer(context.processingTime() + 100);
            if (value.equals("bad")) {
                throw new IllegalStateException("no!");
            }
        }

        @Override
        public void onTimer(long time, TimeDomain domain, KeyedContext<String> context, Collector<String> out) {
            out.emit(context.key() + " " + count.get().map(String::valueOf).orElse(NO_STATE) + " " + domain);
            if (domain == TimeDomain.EVENT) {
                timer.clear();
                count.clear();
            }
        }

        @Override
        public void endOfInput(Collector<String> out) {
            out.emit("end", 0);
        }
    }

    private static Step counting(OnError onError) {
        return new Step.KeyedProcess<>("f", Counting::new, onError);
    }

    @EachMode
    void when_timers_are_due_then_they_fire_in_order_with_the_state_of_their_key(Mode mode) {
        // given
        ChainHarness chain = ChainHarness.of(mode, counting(OnError.FAIL));
        chain.send("b", "x", 5).send("a", "x", 0).send("a", "x", 4).send("c", "x", 9);
        // when, then
        assertThat(chain.watermark(13).taken()).isEmpty();
        assertThat(chain.watermark(18).taken()).containsExactly(new Out("a 2 EVENT", 14), new Out("b 1 EVENT", 15));
        assertThat(chain.end().taken()).containsExactly(new Out("c 1 EVENT", 19), new Out("end", 0));
    }

    @EachMode
    void when_the_clock_reaches_a_timer_then_it_fires(Mode mode) {
        // given
        ChainHarness chain = ChainHarness.of(mode, counting(OnError.FAIL));
        chain.time(1_000).send("a", "x", 0);
        // when, then
        assertThat(chain.time(1_099).taken()).isEmpty();
        assertThat(chain.time(1_100).taken()).containsExactly(new Out("a 1 PROCESSING", 1_100));
        assertThat(chain.time(2_000).taken()).isEmpty();
    }

    @Test
    void when_a_function_fails_then_what_it_wrote_stays() {
        // given
        ChainHarness chain = ChainHarness.of(counting(OnError.SKIP));
        // when
        chain.send("a", "x", 0).send("a", "bad", 0).watermark(10);
        // then
        assertThat(chain.taken()).containsExactly(new Out("a 2 EVENT", 10));
        assertThat(chain.counted("skipped")).isEqualTo(1);
    }

    @Test
    void when_a_timer_fails_then_the_error_names_its_key_and_time() {
        // given
        ChainHarness chain = ChainHarness.of(new Step.KeyedProcess<>("f", FailingTimer::new, OnError.FAIL));
        chain.send("a", "x", 0);
        // when, then
        assertThatThrownBy(() -> chain.watermark(1))
                .isInstanceOf(StepFailedException.class)
                .hasMessageContainingAll("step f", "EVENT timer of key a", "1970-01-01T00:00:00.001Z");
    }

    private static final class FailingTimer implements KeyedProcessFunction<String, String, String> {
        @Override
        public void open(StateDeclarations states) {}

        @Override
        public void process(String value, KeyedContext<String> context, Collector<String> out) {
            context.setEventTimer(1);
        }

        @Override
        public void onTimer(long time, TimeDomain domain, KeyedContext<String> context, Collector<String> out) {
            throw new IllegalStateException("no!");
        }
    }

    /** Keeps left values and emits them with each right one. */
    private static final class Matching implements TwoInputFunction<String, String, Long, String> {
        @SuppressWarnings("NullAway.Init")
        private ListState<String> lefts;

        @Override
        public void open(StateDeclarations states) {
            lefts = states.list("lefts", Codecs.STRING);
        }

        @Override
        public void processLeft(String value, KeyedContext<String> context, Collector<String> out) {
            lefts.add(value);
            context.setEventTimer(context.timestamp() + 10);
        }

        @Override
        public void processRight(Long value, KeyedContext<String> context, Collector<String> out) {
            out.emit(context.key() + lefts.get() + value);
        }

        @Override
        public void onTimer(long time, TimeDomain domain, KeyedContext<String> context, Collector<String> out) {
            lefts.update(new ArrayList<>(lefts.get().subList(1, lefts.get().size())));
        }
    }

    @EachMode
    void when_two_inputs_share_their_key_then_they_share_state_and_timers(Mode mode) {
        // given
        ChainHarness chain =
                ChainHarness.ofTwo(mode, new Step.TwoInput<>("f", "right", "left", Matching::new, OnError.FAIL));
        // when
        chain.send(1, "a", "x", 0).send(1, "a", "y", 3).send(1, "b", "z", 1).send(0, "a", 1L, 5);
        chain.watermark(10)
                .send(0, "a", 2L, 11)
                .send(0, "b", 3L, 11)
                .watermark(20)
                .send(0, "a", 4L, 21);
        // then
        assertThat(chain.taken()).extracting(Out::value).isEqualTo(List.of("a[x, y]1", "a[y]2", "b[z]3", "a[]4"));
    }
}
