package stream.weir.runtime.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import stream.weir.api.codec.Codecs;
import stream.weir.api.function.Collector;
import stream.weir.api.function.KeyedContext;
import stream.weir.api.function.KeyedProcessFunction;
import stream.weir.api.function.StateDeclarations;
import stream.weir.api.function.TimeDomain;
import stream.weir.api.pipeline.OnError;
import stream.weir.api.pipeline.Step;
import stream.weir.api.state.ListState;
import stream.weir.api.state.MapState;
import stream.weir.api.state.ValueState;

/** An error of the state ends the run whatever the policy; the policy is for errors of the user's function alone. */
class StateErrorsTest {
    private final FailingTables tables = new FailingTables();

    @ParameterizedTest
    @CsvSource({
        "value, put, SKIP",
        "value, get, SKIP",
        "value, get, DEAD_LETTER",
        "list, put, SKIP",
        "list, scan, SKIP",
        "map, get, SKIP",
        "map, put, DEAD_LETTER",
        "map, scan, SKIP",
        "timer, put, SKIP",
        "timer, put, DEAD_LETTER",
    })
    void when_state_fails_then_the_run_ends_whatever_the_policy(String state, String method, OnError policy) {
        // given
        ChainHarness chain = chain(new Uses(state), policy);
        chain.send("a", "x", 1);
        // when
        tables.failIn(method);
        // then
        assertThatThrownBy(() -> chain.send("a", "x", 2))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("no space left");
        assertThat(chain.counted("skipped") + chain.counted("deadLetters")).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = OnError.class,
            names = {"SKIP", "DEAD_LETTER"})
    void when_the_function_catches_an_error_of_its_state_then_the_run_ends_all_the_same(OnError policy) {
        // given
        ChainHarness chain = chain(new Uses("caught"), policy);
        // when
        tables.failIn("put");
        // then
        assertThatThrownBy(() -> chain.send("a", "x", 2)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void when_state_fails_in_a_timer_then_the_run_ends() {
        // given
        ChainHarness chain = chain(new Uses("timer"), OnError.SKIP);
        chain.send("a", "x", 1);
        // when
        tables.failIn("get");
        // then
        assertThatThrownBy(() -> chain.watermark(10)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void when_the_function_fails_while_it_looks_through_its_state_then_that_is_its_own_error() {
        // given
        ChainHarness chain = chain(new Uses("throwing visitor"), OnError.SKIP);
        // when
        chain.send("a", "x", 1).send("a", "x", 2);
        // then
        assertThat(chain.counted("skipped")).isEqualTo(2);
    }

    private ChainHarness chain(Uses function, OnError policy) {
        return ChainHarness.over(tables, new Step.KeyedProcess<>("f", () -> function, policy));
    }

    /** Uses its state in one way or another. */
    private static final class Uses implements KeyedProcessFunction<String, String, String> {
        private final String how;

        @SuppressWarnings("NullAway.Init")
        private ValueState<Long> value;

        @SuppressWarnings("NullAway.Init")
        private ListState<Long> list;

        @SuppressWarnings("NullAway.Init")
        private MapState<String, Long> map;

        Uses(String how) {
            this.how = how;
        }

        @Override
        public void open(StateDeclarations states) {
            value = states.value("value", Codecs.LONG);
            list = states.list("list", Codecs.LONG);
            map = states.map("map", Codecs.STRING, Codecs.LONG);
        }

        @Override
        public void process(String record, KeyedContext<String> context, Collector<String> out) {
            Map<String, Consumer<KeyedContext<String>>> ways = Map.of(
                    "value", each -> value.update(value.orElse(0L) + 1),
                    "list",
                            each -> {
                                list.add(1L);
                                list.get().forEach(element -> {});
                            },
                    "map",
                            each -> {
                                map.put("m", map.get("m").orElse(0L));
                                map.entries();
                            },
                    "timer", each -> each.setEventTimer(10),
                    "caught",
                            each -> {
                                try {
                                    value.update(1L);
                                } catch (UncheckedIOException e) {
                                    out.emit("never mind");
                                }
                            },
                    "throwing visitor",
                            each -> {
                                map.put("m", 1L);
                                map.forEach((key, element) -> {
                                    throw new IllegalStateException("not this one");
                                });
                            });
            Objects.requireNonNull(ways.get(how), how).accept(context);
        }

        @Override
        public void onTimer(long time, TimeDomain domain, KeyedContext<String> context, Collector<String> out) {
            value.get();
        }
    }
}
