package stream.weir.runtime.function;

import java.util.Objects;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Codec;
import stream.weir.api.pipeline.Step;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.Slice;
import stream.weir.runtime.state.ValueTable;

/** A running result for each key, emitted with each record's time. A record whose result fails is not added either. */
final class RunningAggregateOperator<K, I, A, R, O> implements ChainLink {
    private final Step.RunningAggregate<K, I, A, R, O> step;
    private final ValueTable table;
    private final StateCodec<A> accumulators;
    private final StateCodec<K> keys;
    private final StepErrors errors;
    private final OperatorContext context;
    private final Slice stored = new Slice();

    @SuppressWarnings("unchecked")
    RunningAggregateOperator(
            Step.RunningAggregate<K, I, A, R, O> step,
            ValueTable table,
            StateCodec<A> accumulators,
            StepErrors errors,
            OperatorContext context) {
        this.step = step;
        this.table = table;
        this.accumulators = accumulators;
        this.keys = new StateCodec<>((Codec<K>) context.keyCodec());
        this.errors = errors;
        this.context = context;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(int input, Object value, long timestamp) {
        Key key = context.key();
        boolean found = table.get(key, ValueTable.NO_PANE, stored);
        A before = found ? accumulators.decode(stored) : step.aggregator().create();
        K decodedKey = keys.decode(key);
        ByteWriter after;
        O result;
        try {
            A accumulator = step.aggregator().add(before, (I) value);
            result = Objects.requireNonNull(
                    step.result().apply(decodedKey, step.aggregator().result(accumulator)),
                    "the step's result is null");
            after = accumulators.encode(accumulator);
        } catch (Exception | StackOverflowError e) {
            errors.failed(e, value, timestamp);
            return;
        }
        table.put(key, ValueTable.NO_PANE, after.buffer(), 0, after.size());
        context.output().emit(result, timestamp);
    }
}
