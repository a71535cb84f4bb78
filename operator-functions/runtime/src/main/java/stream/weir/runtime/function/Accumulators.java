package stream.weir.runtime.function;

import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Codec;
import stream.weir.api.function.Aggregator;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.Slice;
import stream.weir.runtime.state.ValueTable;

/**
 * Accumulators in a table, one for each key and pane. Where a backend can add without reading, records are added as deltas.
 *
 * <p>An error of the aggregator while a record is added is that record's error. One while accumulators are merged is not: it may
 * come long after the records that led to it, so it ends the run whatever the policy.
 */
final class Accumulators<I, A> implements ValueTable.Combiner {
    private final ValueTable table;
    private final Aggregator<I, A, ?> aggregator;
    private final Codec<A> codec;
    private final StateCodec<A> added;
    private final StateCodec<A> stored;
    private final StepErrors errors;
    private final boolean deltas;
    private final Slice found = new Slice();
    private final Slice delta = new Slice();

    private Accumulators(
            ValueTable table, Aggregator<I, A, ?> aggregator, Codec<A> codec, StepErrors errors, Access access) {
        this.table = table;
        this.aggregator = aggregator;
        this.codec = codec;
        this.added = new StateCodec<>(codec);
        this.stored = new StateCodec<>(codec);
        this.errors = errors;
        this.deltas = access == Access.DELTAS;
    }

    /** How records get into the table. */
    private enum Access {
        READ_AND_WRITE,
        DELTAS
    }

    static <I, A> Accumulators<I, A> in(
            ValueTable table,
            Aggregator<I, A, ?> aggregator,
            Codec<A> codec,
            StepErrors errors,
            OperatorContext context) {
        Access access = context.backend().mergesWithoutReading() ? Access.DELTAS : Access.READ_AND_WRITE;
        return new Accumulators<>(table, aggregator, codec, errors, access);
    }

    ValueTable table() {
        return table;
    }

    /** @return whether the record was added; where it was not, its error has been dealt with */
    boolean add(Key key, long pane, I value, long timestamp) {
        @Nullable A before = deltas ? null : find(key, pane);
        ByteWriter after;
        try {
            after = added.encode(aggregator.add(before == null ? aggregator.create() : before, value));
        } catch (Exception | StackOverflowError e) {
            errors.failed(e, value, timestamp);
            return false;
        }
        if (deltas) {
            table.merge(key, pane, delta.set(after.buffer(), 0, after.size()), this);
        } else {
            table.put(key, pane, after.buffer(), 0, after.size());
        }
        return true;
    }

    /** The accumulator of a key in a pane; null where there is none. */
    @Nullable
    A find(Key key, long pane) {
        return table.get(key, pane, found) ? stored.decode(found) : null;
    }

    A decode(Slice accumulator) {
        return stored.decode(accumulator);
    }

    A merge(A left, A right) {
        try {
            return aggregator.merge(left, right);
        } catch (Exception | StackOverflowError e) {
            throw errors.failure(e, "merge the accumulators " + left + " and " + right);
        }
    }

    @Override
    public void combine(Slice before, Slice change, ByteWriter out) {
        A left = stored.decode(before);
        codec.encode(merge(left, stored.decode(change)), out);
    }
}
