package stream.weir.testkit;

import stream.weir.api.codec.Codecs;
import stream.weir.api.function.Collector;
import stream.weir.api.function.KeyedContext;
import stream.weir.api.function.KeyedProcessFunction;
import stream.weir.api.function.StateDeclarations;
import stream.weir.api.function.TimeDomain;
import stream.weir.api.state.ValueState;

/** Emits how many records a key has had, when nothing has come for 10 ms. */
final class CountUntilQuiet implements KeyedProcessFunction<String, String, String> {
    @SuppressWarnings("NullAway.Init")
    private ValueState<Long> count;

    @SuppressWarnings("NullAway.Init")
    private ValueState<Long> quietAt;

    @Override
    public void open(StateDeclarations states) {
        count = states.value("count", Codecs.LONG);
        quietAt = states.value("quietAt", Codecs.LONG);
    }

    @Override
    public void process(String value, KeyedContext<String> context, Collector<String> out) {
        count.update(count.orElse(0L) + 1);
        quietAt.get().ifPresent(context::deleteEventTimer);
        quietAt.update(context.timestamp() + 10);
        context.setEventTimer(context.timestamp() + 10);
    }

    @Override
    public void onTimer(long time, TimeDomain domain, KeyedContext<String> context, Collector<String> out) {
        out.emit(context.key() + ": " + count.orElse(0L));
        count.clear();
        quietAt.clear();
    }
}
