package stream.weir.api.pipeline;

import java.util.function.Function;
import stream.weir.api.codec.Codec;

/** Two inputs before their keys are known. See {@link PipelineBuilder}. */
public final class PairBuilder<L, R> {
    private final PipelineBuilder pipeline;
    private final StageDraft draft;
    private final Output<L> left;
    private final Output<R> right;

    PairBuilder(PipelineBuilder pipeline, StageDraft draft, Output<L> left, Output<R> right) {
        this.pipeline = pipeline;
        this.draft = draft;
        this.left = left;
        this.right = right;
    }

    /** Records of equal keys meet; keys are never null. */
    public <K> PairFlow<K, L, R> keyBy(Function<L, K> leftKey, Function<R, K> rightKey, Codec<K> keyCodec) {
        draft.input(left.read(new Partitioning.ByKey<>(leftKey, keyCodec)));
        draft.input(right.read(new Partitioning.ByKey<>(rightKey, keyCodec)));
        return new PairFlow<>(pipeline, draft, left, right);
    }
}
