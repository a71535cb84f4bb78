package stream.weir.api.pipeline;

import stream.weir.api.codec.Codec;
import stream.weir.api.source.Source;

/** A stage of which nothing but the name is known. See {@link PipelineBuilder}. */
public final class StageBuilder {
    private final PipelineBuilder pipeline;
    private final StageDraft draft;

    StageBuilder(PipelineBuilder pipeline, StageDraft draft) {
        this.pipeline = pipeline;
        this.draft = draft;
    }

    /** @param count at least 1, at most the pipeline's {@code maxParallelism}; 1 unless told */
    public StageBuilder replicas(int count) {
        draft.replicas(count);
        return this;
    }

    /** What happens to records that cannot be read or processed, from here on; they fail the run unless told. */
    public StageBuilder onError(OnError policy) {
        draft.onError(policy);
        return this;
    }

    public <T> SourceBuilder<T> source(Source<T> source) {
        return new SourceBuilder<>(new StageFlow<>(pipeline, draft, source.codec()), draft.source(source));
    }

    public <T> InputBuilder<T> from(Output<T> output) {
        return new InputBuilder<>(pipeline, draft, output.codec()).from(output);
    }

    /** The main output of a stage that may be declared later. */
    public <T> InputBuilder<T> from(String stage, Codec<T> codec) {
        return from(Output.of(stage, codec));
    }

    /** Two inputs of different types that meet at their keys. */
    public <L, R> PairBuilder<L, R> from(Output<L> left, Output<R> right) {
        return new PairBuilder<>(pipeline, draft, left, right);
    }
}
