package stream.weir.runtime.function;

import stream.weir.api.function.TimeDomain;
import stream.weir.api.function.TwoInputFunction;

/** Runs a user's {@link TwoInputFunction}. What it emitted and wrote to its state before it failed on a record stays. */
final class TwoInputOperator<K, L, R, O> implements ChainLink {
    private final TwoInputFunction<K, L, R, O> function;
    private final Side[] sides;
    private final KeyedScope<K> scope;
    private final StepErrors errors;

    TwoInputOperator(TwoInputFunction<K, L, R, O> function, Side[] sides, KeyedScope<K> scope, StepErrors errors) {
        this.function = function;
        this.sides = sides;
        this.scope = scope;
        this.errors = errors;
    }

    @Override
    public void open() {
        errors.opening(() -> function.open(scope.states()));
    }

    @Override
    public void process(int input, Object value, long timestamp) {
        scope.begin(timestamp);
        try {
            call(sides[input], value);
        } catch (Exception | StackOverflowError e) {
            scope.rethrow();
            errors.failed(e, value, timestamp);
            return;
        }
        scope.rethrow();
    }

    @SuppressWarnings("unchecked")
    private void call(Side side, Object value) throws Exception {
        if (side.isLeft()) {
            function.processLeft((L) value, scope, scope.collector());
        }
        if (side.isRight()) {
            function.processRight((R) value, scope, scope.collector());
        }
    }

    @Override
    public void advanceWatermark(long watermark) throws Exception {
        scope.fireEventTimers(watermark, time -> onTimer(time, TimeDomain.EVENT));
    }

    @Override
    public void advanceProcessingTime(long now) throws Exception {
        scope.fireProcessingTimers(now, time -> onTimer(time, TimeDomain.PROCESSING));
    }

    private void onTimer(long time, TimeDomain domain) {
        scope.begin(time);
        try {
            function.onTimer(time, domain, scope, scope.collector());
        } catch (Exception | StackOverflowError e) {
            scope.rethrow();
            errors.failed(e, "the " + domain + " timer of key " + scope.key(), time);
            return;
        }
        scope.rethrow();
    }

    @Override
    public void close() throws Exception {
        function.close();
    }
}
