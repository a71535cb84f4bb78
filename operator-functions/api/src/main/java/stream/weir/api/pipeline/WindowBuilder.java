package stream.weir.api.pipeline;

import java.time.Duration;
import java.util.Optional;
import stream.weir.api.codec.Codec;
import stream.weir.api.function.Aggregation;
import stream.weir.api.function.SideOutput;

/** A window of which the aggregation is missing. See {@link PipelineBuilder}. */
public final class WindowBuilder<K, T> {
    private final StageFlow<K, T> flow;
    private final StageDraft draft;
    private final WindowSpec window;
    private Duration allowedLateness = Duration.ZERO;
    private Optional<String> lateOutput = Optional.empty();

    WindowBuilder(StageFlow<K, T> flow, StageDraft draft, WindowSpec window) {
        this.flow = flow;
        this.draft = draft;
        this.window = window;
    }

    /** How long after its end a window takes records; its changed result is sent again. Not at all unless told. */
    public WindowBuilder<K, T> allowedLateness(Duration lateness) {
        allowedLateness = lateness;
        return this;
    }

    /** Where records go all of whose windows have ended; dropped and counted unless told. */
    public WindowBuilder<K, T> lateTo(SideOutput<T> output) {
        draft.output(output.name(), output.codec());
        lateOutput = Optional.of(output.name());
        return this;
    }

    /** @param result makes a record of each window's key, start, end and result */
    public <A, R, O> StageFlow<K, O> aggregate(
            Aggregation<T, A, R> aggregation, Step.WindowResult<K, R, O> result, Codec<O> codec) {
        OnError onError = draft.onError();
        Duration lateness = allowedLateness;
        Optional<String> late = lateOutput;
        draft.step(
                "aggregate",
                name -> new Step.WindowAggregate<>(
                        name,
                        window,
                        lateness,
                        aggregation.aggregator(),
                        aggregation.accumulatorCodec(),
                        result,
                        late,
                        onError));
        return flow.then(codec);
    }
}
