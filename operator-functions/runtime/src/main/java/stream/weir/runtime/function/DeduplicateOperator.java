package stream.weir.runtime.function;

import stream.weir.api.pipeline.Step;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.Slice;
import stream.weir.runtime.state.ValueTable;

/** Lets the first record of each identity of a key through and remembers it for ever. */
final class DeduplicateOperator<T, I> implements ChainLink {
    private static final byte[] SEEN = {1};

    private final ValueTable table;
    private final StepErrors errors;
    private final OperatorContext context;
    private final Identities<T, I> identities;
    private final Slice stored = new Slice();

    DeduplicateOperator(Step.Deduplicate<T, I> step, ValueTable table, StepErrors errors, OperatorContext context) {
        this.table = table;
        this.errors = errors;
        this.context = context;
        this.identities = new Identities<>(step, context.key());
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(int input, Object value, long timestamp) {
        Key identity;
        try {
            identity = identities.of((T) value);
        } catch (Exception | StackOverflowError e) {
            errors.failed(e, value, timestamp);
            return;
        }
        if (table.get(identity, ValueTable.NO_PANE, stored)) {
            context.count("duplicates");
            return;
        }
        table.put(identity, ValueTable.NO_PANE, SEEN, 0, SEEN.length);
        context.output().emit(value, timestamp);
    }
}
