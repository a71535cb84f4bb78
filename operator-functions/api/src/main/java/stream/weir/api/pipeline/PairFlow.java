package stream.weir.api.pipeline;

import java.time.Duration;
import java.util.function.Supplier;
import stream.weir.api.codec.Codec;
import stream.weir.api.function.TwoInputFunction;

/** Two keyed inputs: joined, or given to a function. See {@link PipelineBuilder}. */
public final class PairFlow<K, L, R> {
    private final PipelineBuilder pipeline;
    private final StageDraft draft;
    private final Output<L> left;
    private final Output<R> right;

    PairFlow(PipelineBuilder pipeline, StageDraft draft, Output<L> left, Output<R> right) {
        this.pipeline = pipeline;
        this.draft = draft;
        this.left = left;
        this.right = right;
    }

    /** Pairs of one window. */
    public JoinBuilder<K, L, R> window(WindowSpec.Tumbling window) {
        return new JoinBuilder<>(this, new Step.JoinTime.Window(window));
    }

    /** Pairs at most this far apart in time. */
    public JoinBuilder<K, L, R> within(Duration distance) {
        return new JoinBuilder<>(this, new Step.JoinTime.Within(distance));
    }

    /** @param function called once for each replica and run */
    public <O> StageFlow<K, O> process(Codec<O> codec, Supplier<TwoInputFunction<K, L, R, O>> function) {
        OnError onError = draft.onError();
        draft.step(
                "process", name -> new Step.TwoInput<>(name, left.reference(), right.reference(), function, onError));
        return flow(codec);
    }

    <O> StageFlow<K, O> join(Step.JoinTime time, Step.JoinType type, Codec<O> codec, Step.JoinResult<L, R, O> result) {
        OnError onError = draft.onError();
        draft.step(
                "join",
                name -> new Step.Join<>(
                        name,
                        left.reference(),
                        right.reference(),
                        time,
                        type,
                        left.codec(),
                        right.codec(),
                        result,
                        onError));
        return flow(codec);
    }

    private <O> StageFlow<K, O> flow(Codec<O> codec) {
        draft.output(Stage.MAIN, codec);
        return new StageFlow<>(pipeline, draft, codec);
    }
}
