package stream.weir.verification.simulation;

import stream.weir.api.codec.Codecs;
import stream.weir.api.function.Collector;
import stream.weir.api.function.KeyedContext;
import stream.weir.api.function.StateDeclarations;
import stream.weir.api.function.TimeDomain;
import stream.weir.api.function.TwoInputFunction;
import stream.weir.api.state.MapState;

/** Records of either side for each key and window, written when the window has ended: a record lost or doubled on one side shows. */
final class Balance implements TwoInputFunction<Long, Reading, Reading, Result> {
    /** What a record of the left side counts; one of the right counts 1. */
    static final long LEFT = 1_000;

    @SuppressWarnings("NullAway.Init") // set by open, before anything else is called
    private MapState<Long, Long> counts;

    static long keyOf(Reading reading) {
        return reading.value() % Workload.GROUPS;
    }

    @Override
    public void open(StateDeclarations states) {
        counts = states.map("counts", Codecs.LONG, Codecs.LONG);
    }

    @Override
    public void processLeft(Reading reading, KeyedContext<Long> context, Collector<Result> out) {
        count(reading, LEFT, context);
    }

    @Override
    public void processRight(Reading reading, KeyedContext<Long> context, Collector<Result> out) {
        count(reading, 1, context);
    }

    @Override
    public void onTimer(long time, TimeDomain domain, KeyedContext<Long> context, Collector<Result> out) {
        long window = Readings.windowOf(time);
        counts.get(window).ifPresent(count -> {
            counts.remove(window);
            out.emit(new Result(Result.BALANCE, context.key(), window, count));
        });
    }

    private void count(Reading reading, long one, KeyedContext<Long> context) {
        if (!reading.isLate()) {
            long window = Readings.windowOf(reading.at());
            counts.put(window, counts.get(window).orElse(0L) + one);
            context.setEventTimer(window + Readings.WINDOW_MILLIS - 1);
        }
    }
}
