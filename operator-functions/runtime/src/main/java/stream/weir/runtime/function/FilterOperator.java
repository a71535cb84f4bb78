package stream.weir.runtime.function;

import java.util.function.Predicate;

/** Lets the records through that a predicate holds for. */
final class FilterOperator<T> implements ChainLink {
    private final Predicate<T> predicate;
    private final StepErrors errors;
    private final Output output;

    FilterOperator(Predicate<T> predicate, StepErrors errors, Output output) {
        this.predicate = predicate;
        this.errors = errors;
        this.output = output;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(int input, Object value, long timestamp) {
        boolean through;
        try {
            through = predicate.test((T) value);
        } catch (Exception | StackOverflowError e) {
            errors.failed(e, value, timestamp);
            return;
        }
        if (through) {
            output.emit(value, timestamp);
        }
    }
}
