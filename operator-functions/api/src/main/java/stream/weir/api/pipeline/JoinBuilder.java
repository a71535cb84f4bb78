package stream.weir.api.pipeline;

import stream.weir.api.codec.Codec;

/** A join of which only its result is missing. See {@link PipelineBuilder}. */
public final class JoinBuilder<K, L, R> {
    private final PairFlow<K, L, R> pair;
    private final Step.JoinTime time;

    JoinBuilder(PairFlow<K, L, R> pair, Step.JoinTime time) {
        this.pair = pair;
        this.time = time;
    }

    /** Each pair. */
    public <O> StageFlow<K, O> inner(Codec<O> codec, Step.JoinResult<L, R, O> result) {
        return pair.join(time, Step.JoinType.INNER, codec, result);
    }

    /** Each pair, and each left record without a right one, with null for it. */
    public <O> StageFlow<K, O> left(Codec<O> codec, Step.JoinResult<L, R, O> result) {
        return pair.join(time, Step.JoinType.LEFT, codec, result);
    }
}
