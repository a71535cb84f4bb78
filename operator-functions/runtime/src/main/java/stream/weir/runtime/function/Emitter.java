package stream.weir.runtime.function;

import org.jspecify.annotations.Nullable;
import stream.weir.api.function.Collector;
import stream.weir.api.function.SideOutput;

/** What a user's function emits through. An error that comes from behind it is told to {@link OutsideErrors}. */
final class Emitter implements Collector<Object> {
    private final OperatorContext context;
    private final Output output;
    private final OutsideErrors errors;
    private long timestamp = Long.MIN_VALUE;

    Emitter(OperatorContext context, OutsideErrors errors) {
        this.context = context;
        this.output = context.output();
        this.errors = errors;
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
            errors.remember(e);
            throw e;
        }
    }
}
