package stream.weir.api.function;

import stream.weir.api.codec.Codec;
import stream.weir.api.state.AggregatingState;
import stream.weir.api.state.ListState;
import stream.weir.api.state.MapState;
import stream.weir.api.state.ValueState;

/**
 * Where a keyed function declares its state, once, when it is opened. A name is unique within its function and identifies the
 * state in checkpoints.
 */
public interface StateDeclarations {
    <T> ValueState<T> value(String name, Codec<T> codec);

    <T> ListState<T> list(String name, Codec<T> codec);

    <K, V> MapState<K, V> map(String name, Codec<K> keyCodec, Codec<V> valueCodec);

    /** @param accumulatorCodec for what the aggregator accumulates, which is what is stored */
    <I, A, O> AggregatingState<I, O> aggregating(
            String name, Aggregator<I, A, O> aggregator, Codec<A> accumulatorCodec);
}
