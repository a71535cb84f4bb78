package stream.weir.runtime.function;

import stream.weir.api.function.KeyedProcessFunction;
import stream.weir.api.function.TimeDomain;

/**
 * Runs a user's {@link KeyedProcessFunction}. What it emitted and wrote to its state before it failed on a record stays.
 */
final class KeyedProcessOperator<K, I, O> implements ChainLink {
    private final KeyedProcessFunction<K, I, O> function;
    private final KeyedScope<K> scope;
    private final StepErrors errors;

    KeyedProcessOperator(KeyedProcessFunction<K, I, O> function, KeyedScope<K> scope, StepErrors errors) {
        this.function = function;
        this.scope = scope;
        this.errors = errors;
    }

    @Override
    public void open() {
        errors.opening(() -> function.open(scope.states()));
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(int input, Object value, long timestamp) {
        scope.begin(timestamp);
        try {
            function.process((I) value, scope, scope.collector());
        } catch (Exception | StackOverflowError e) {
            scope.rethrow();
            errors.failed(e, value, timestamp);
            return;
        }
        scope.rethrow();
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

    /** There is no record that an error could be put down to, so it ends the run whatever the policy. */
    @Override
    public void endOfInput() {
        scope.begin(Long.MIN_VALUE);
        try {
            function.endOfInput(scope.collector());
        } catch (Exception | StackOverflowError e) {
            scope.rethrow();
            throw errors.failure(e, "end the input");
        }
        scope.rethrow();
    }

    @Override
    public void close() throws Exception {
        function.close();
    }
}
