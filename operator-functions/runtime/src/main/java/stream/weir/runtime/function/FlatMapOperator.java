package stream.weir.runtime.function;

import java.util.Iterator;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Replaces each record by any number of others. They are taken from the function's result one by one, so what was emitted before
 * the result's iterator fails stays emitted.
 */
final class FlatMapOperator<I, O> implements ChainLink {
    private final Function<I, ? extends Iterable<O>> function;
    private final StepErrors errors;
    private final Output output;

    FlatMapOperator(Function<I, ? extends Iterable<O>> function, StepErrors errors, Output output) {
        this.function = function;
        this.errors = errors;
        this.output = output;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(int input, Object value, long timestamp) {
        Iterator<O> results;
        try {
            results = function.apply((I) value).iterator();
        } catch (Exception | StackOverflowError e) {
            errors.failed(e, value, timestamp);
            return;
        }
        Object result = next(results, value, timestamp);
        while (result != null) {
            output.emit(result, timestamp);
            result = next(results, value, timestamp);
        }
    }

    /** The next result; null at the end, or where the error was dealt with. */
    private @Nullable Object next(Iterator<O> results, Object value, long timestamp) {
        try {
            return results.hasNext()
                    ? Objects.requireNonNull(results.next(), "the function's result holds null")
                    : null;
        } catch (Exception | StackOverflowError e) {
            errors.failed(e, value, timestamp);
            return null;
        }
    }
}
