package stream.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import stream.weir.api.codec.Codecs;
import stream.weir.api.function.Collector;
import stream.weir.api.function.KeyedContext;
import stream.weir.api.function.KeyedProcessFunction;
import stream.weir.api.function.ProcessFunction;
import stream.weir.api.function.SideOutput;
import stream.weir.api.function.StateDeclarations;
import stream.weir.api.function.TimeDomain;
import stream.weir.api.function.TwoInputFunction;
import stream.weir.api.state.MapState;

class FunctionHarnessTest {
    private static final SideOutput<Long> ODD = new SideOutput<>("odd", Codecs.LONG);

    @Test
    void when_records_and_watermarks_are_fed_then_outputs_and_times_are_collected() throws Exception {
        // example
        // A function that emits how many records a key has had, when nothing has come for 10 ms.
        try (var harness = FunctionHarness.keyed(Codecs.STRING, CountUntilQuiet::new)) {
            harness.record("a", "x", 100).record("b", "x", 103).record("a", "y", 105);
            harness.watermark(113);
            assertThat(harness.outputs()).containsExactly("b: 1");
            harness.watermark(115);
            assertThat(harness.emitted()).containsExactly(new Emitted<>("a: 2", 115));
        }
        // end of example
    }

    @Test
    void when_a_function_has_no_key_then_it_is_fed_values_alone() throws Exception {
        // given
        ProcessFunction<Long, Long> function = (value, context, out) -> {
            if (value % 2 == 1) {
                context.emit(ODD, value);
            } else {
                out.emit(value + context.watermark(), context.timestamp() + context.processingTime());
            }
        };
        try (var harness = FunctionHarness.of(() -> function)) {
            // when
            harness.watermark(10).processingTime(1000).record(1L, 1).record(2L, 2);
            // then
            assertThat(harness.emitted()).containsExactly(new Emitted<>(12L, 1002));
            assertThat(harness.sideOutput(ODD)).containsExactly(1L);
            assertThat(harness.sideOutput(ODD)).isEmpty();
        }
    }

    @Test
    void when_a_function_has_two_inputs_then_they_share_state() throws Exception {
        try (var harness = FunctionHarness.twoInput(Codecs.STRING, Lookup::new)) {
            // when
            harness.left("k", 1L, 0).right("k", "one", 0).left("k", 1L, 0).left("other", 1L, 0);
            // then
            assertThat(harness.outputs()).containsExactly("?", "one", "?");
        }
    }

    private static final class Lookup implements TwoInputFunction<String, Long, String, String> {
        @SuppressWarnings("NullAway.Init")
        private MapState<Long, String> names;

        @Override
        public void open(StateDeclarations states) {
            names = states.map("names", Codecs.LONG, Codecs.STRING);
        }

        @Override
        public void processLeft(Long value, KeyedContext<String> context, Collector<String> out) {
            out.emit(names.get(value).orElse("?"));
        }

        @Override
        public void processRight(String value, KeyedContext<String> context, Collector<String> out) {
            names.put(1L, value);
        }
    }

    @Test
    void when_input_ends_or_the_clock_moves_then_timers_and_the_end_are_told() throws Exception {
        try (var harness = FunctionHarness.keyed(Codecs.LONG, Ending::new)) {
            // when
            harness.record(7L, "x", 50).processingTime(99).processingTime(100).endOfInput();
            // then
            assertThat(harness.outputs()).containsExactly("PROCESSING 7", "EVENT 7", "end");
        }
    }

    private static final class Ending implements KeyedProcessFunction<Long, String, String> {
        @Override
        public void open(StateDeclarations states) {}

        @Override
        public void process(String value, KeyedContext<Long> context, Collector<String> out) {
            context.setEventTimer(Long.MAX_VALUE - 1);
            context.setProcessingTimer(100);
        }

        @Override
        public void onTimer(long time, TimeDomain domain, KeyedContext<Long> context, Collector<String> out) {
            out.emit(domain + " " + context.key());
        }

        @Override
        public void endOfInput(Collector<String> out) {
            out.emit("end");
        }
    }

    @Test
    void when_a_function_remembers_outside_of_its_state_then_the_harness_says_so() throws Exception {
        try (var harness = FunctionHarness.keyed(Codecs.STRING, Forgetful::new)) {
            harness.record("a", "x", 0);
            // when, then
            assertThatThrownBy(() -> harness.record("a", "y", 1))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContainingAll(
                            "the record y of a at 1", "[2 at 1]", "[1 at 1]", "states that it declares");
        }
    }

    private static final class Forgetful implements KeyedProcessFunction<String, String, Integer> {
        private int count;

        @Override
        public void open(StateDeclarations states) {}

        @Override
        public void process(String value, KeyedContext<String> context, Collector<Integer> out) {
            out.emit(++count);
        }
    }

    @Test
    void when_a_record_has_been_processed_then_the_next_one_meets_a_fresh_instance() throws Exception {
        // given
        AtomicInteger made = new AtomicInteger();
        List<String> closed = new ArrayList<>();
        ProcessFunction<String, String> function = new ProcessFunction<>() {
            @Override
            public void process(
                    String value, stream.weir.api.function.FunctionContext context, Collector<String> out) {}

            @Override
            public void close() {
                closed.add("one");
            }
        };
        var harness = FunctionHarness.of(() -> {
            made.incrementAndGet();
            return function;
        });
        // when
        harness.record("x", 0).record("y", 0).close();
        // then
        assertThat(made).as("one that runs through, and three in turn").hasValue(4);
        assertThat(closed).hasSize(4);
    }

    @Test
    void when_the_function_fails_then_its_exception_is_the_cause() throws Exception {
        try (var harness = FunctionHarness.<String, String>of(() -> (value, context, out) -> {
            throw new IllegalStateException("no!");
        })) {
            assertThatThrownBy(() -> harness.record("x", 0)).hasRootCauseMessage("no!");
        }
    }
}
