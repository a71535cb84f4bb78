package stream.weir.runtime.function;

import org.jspecify.annotations.Nullable;
import stream.weir.api.function.Collector;
import stream.weir.api.function.SideOutput;

/**
 * What a user's function emits through. Remembers an error that came from behind it: such an error is neither the function's
 * fault nor may its policy swallow it, whatever the function does with the exception it sees.
 */
final class Emitter implements Collector<Object> {
    private final OperatorContext context;
    private final Output output;
    private long timestamp = Long.MIN_VALUE;
    private @Nullable Throwable downstream;

    Emitter(OperatorContext context) {
        this.context = context;
        this.output = context.output();
    }

    /** The time of the record or timer being processed from now on. */
    void at(long newTimestamp) {
        this.timestamp = newTimestamp;
    }

    long timestamp() {
        return timestamp;
    }

    @Override
    public void emit(Object value) {
        emit(value, timestamp);
    }

    @Override
    public void emit(Object value, long time) {
        emit(output, value, time);
    }

    <T> void emit(SideOutput<T> side, T value) {
        emit(context.sideOutput(side.name()), value, timestamp);
    }

    private void emit(Output target, @Nullable Object value, long time) {
        if (value == null) {
            throw new NullPointerException("a function emits null: a record is never null");
        }
        try {
            target.emit(value, time);
        } catch (RuntimeException | Error e) {
            downstream = e;
            throw e;
        }
    }

    /** Throws the error that came from behind, where there was one; to be called after each call of the function. */
    void rethrow() {
        Throwable error = downstream;
        if (error != null) {
            downstream = null;
            if (error instanceof Error fatal) {
                throw fatal;
            }
            throw (RuntimeException) error;
        }
    }
}
