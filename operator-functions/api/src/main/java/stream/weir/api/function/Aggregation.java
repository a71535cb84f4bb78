package stream.weir.api.function;

import stream.weir.api.codec.Codec;

/** An aggregator and the codec of what it accumulates: all that a step needs. */
public record Aggregation<I, A, O>(Aggregator<I, A, O> aggregator, Codec<A> accumulatorCodec) {}
