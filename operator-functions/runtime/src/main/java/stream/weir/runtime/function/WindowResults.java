package stream.weir.runtime.function;

import java.time.Instant;
import java.util.Objects;
import stream.weir.api.codec.Codec;
import stream.weir.api.function.Aggregator;
import stream.weir.api.pipeline.Step;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.Slice;

/** Makes the result of a key and window, and sends it on with the window's last instant as its time. */
final class WindowResults<K, A, R, O> {
    private final StateCodec<K> keys;
    private final Aggregator<?, A, R> aggregator;
    private final Step.WindowResult<K, R, O> result;
    private final StepErrors errors;
    private final Key key;
    private final PresentKey presentKey;
    private final Output output;

    @SuppressWarnings("unchecked")
    WindowResults(Step.WindowAggregate<K, ?, A, R, O> step, StepErrors errors, OperatorContext context) {
        this.keys = new StateCodec<>((Codec<K>) context.keyCodec());
        this.aggregator = step.aggregator();
        this.result = step.result();
        this.errors = errors;
        this.key = context.key();
        this.presentKey = new PresentKey(context.key());
        this.output = context.output();
    }

    /** Emits for a key found in state. */
    void emit(int keyGroup, Slice keyBytes, A accumulator, long start, long end) {
        presentKey.set(keyGroup, keyBytes);
        emit(accumulator, start, end);
    }

    /** Emits for the key being processed. */
    void emit(A accumulator, long start, long end) {
        K decoded = keys.decode(key);
        O record;
        try {
            record = Objects.requireNonNull(
                    result.of(decoded, start, end, aggregator.result(accumulator)), "the window's result is null");
        } catch (Exception | StackOverflowError e) {
            errors.failed(e, text(decoded, start, end), end - 1);
            return;
        }
        output.emit(record, end - 1);
    }

    private static String text(Object key, long start, long end) {
        return "the window from " + Instant.ofEpochMilli(start) + " to " + Instant.ofEpochMilli(end) + " of key " + key;
    }
}
