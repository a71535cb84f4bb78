package stream.weir.runtime.function;

import java.util.Objects;
import java.util.function.Function;

/** Replaces each record by another. */
final class MapOperator<I, O> implements ChainLink {
    private final Function<I, O> function;
    private final StepErrors errors;
    private final Output output;

    MapOperator(Function<I, O> function, StepErrors errors, Output output) {
        this.function = function;
        this.errors = errors;
        this.output = output;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(int input, Object value, long timestamp) {
        Object result;
        try {
            result = Objects.requireNonNull(function.apply((I) value), "the function returned null");
        } catch (Exception | StackOverflowError e) {
            errors.failed(e, value, timestamp);
            return;
        }
        output.emit(result, timestamp);
    }
}
