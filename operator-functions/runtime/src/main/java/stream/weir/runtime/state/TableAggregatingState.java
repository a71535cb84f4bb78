package stream.weir.runtime.state;

import java.util.Optional;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Codec;
import stream.weir.api.function.Aggregator;
import stream.weir.api.state.AggregatingState;

/** An accumulator for each key; additions are merged as accumulators of one input each. */
final class TableAggregatingState<I, A, O> implements AggregatingState<I, O> {
    private final ValueTable table;
    private final Key current;
    private final Aggregator<I, A, O> aggregator;
    private final Codec<A> codec;
    private final Buffers buffers;
    private final ValueTable.Combiner combiner;

    TableAggregatingState(
            ValueTable table, Key current, Aggregator<I, A, O> aggregator, Codec<A> codec, Buffers buffers) {
        this.table = table;
        this.current = current;
        this.aggregator = aggregator;
        this.codec = codec;
        this.buffers = buffers;
        this.combiner = this::combine;
    }

    @Override
    public void add(I input) {
        Slice delta = buffers.encode(codec, aggregator.add(aggregator.create(), input));
        table.merge(current, ValueTable.NO_PANE, delta, combiner);
    }

    @Override
    public Optional<O> get() {
        Slice found = buffers.found();
        return table.get(current, ValueTable.NO_PANE, found)
                ? Optional.of(aggregator.result(buffers.decode(codec, found)))
                : Optional.empty();
    }

    @Override
    public void clear() {
        table.remove(current, ValueTable.NO_PANE);
    }

    /** Has readers of its own: a backend may combine on a thread that stores a capture. */
    private void combine(Slice stored, Slice delta, ByteWriter out) {
        A left = codec.decode(new ByteReader().wrap(stored.array(), stored.offset(), stored.length()));
        A right = codec.decode(new ByteReader().wrap(delta.array(), delta.offset(), delta.length()));
        codec.encode(aggregator.merge(left, right), out);
    }
}
