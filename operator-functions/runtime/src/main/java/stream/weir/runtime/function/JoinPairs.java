package stream.weir.runtime.function;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import stream.weir.api.pipeline.Step;
import stream.weir.runtime.function.JoinRow.Left;
import stream.weir.runtime.function.JoinRow.Right;

/** Makes and emits the records of a join; the later time of the two is a pair's time. */
final class JoinPairs<L, R, O> {
    private final Step.JoinResult<L, R, O> result;
    private final StepErrors errors;
    private final Output output;

    JoinPairs(Step.Join<L, R, O> step, StepErrors errors, OperatorContext context) {
        this.result = step.result();
        this.errors = errors;
        this.output = context.output();
    }

    void emit(Left<L, R> left, Right<L, R> right) {
        emit(left.value(), right.value(), Math.max(left.timestamp(), right.timestamp()));
    }

    /** A left record without a partner. */
    void emitAlone(Left<L, R> left) {
        emit(left.value(), null, left.timestamp());
    }

    private void emit(L left, @Nullable R right, long timestamp) {
        O record;
        try {
            record = Objects.requireNonNull(result.of(left, right), "the join's result is null");
        } catch (Exception | StackOverflowError e) {
            errors.failed(e, "the pair of " + left + " and " + right, timestamp);
            return;
        }
        output.emit(record, timestamp);
    }
}
