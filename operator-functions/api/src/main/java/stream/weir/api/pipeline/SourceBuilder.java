package stream.weir.api.pipeline;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import stream.weir.api.codec.Codec;
import stream.weir.api.row.Row;
import stream.weir.api.sink.Sink;

/** What is said of a source; then the steps. See {@link PipelineBuilder}. */
public final class SourceBuilder<T> {
    private final StageFlow<Row, T> flow;
    private final StageDraft.SourceDraft<T> source;

    SourceBuilder(StageFlow<Row, T> flow, StageDraft.SourceDraft<T> source) {
        this.flow = flow;
        this.source = source;
    }

    public SourceBuilder<T> eventTime(EventTime<T> time) {
        source.eventTime(time);
        return this;
    }

    /**
     * @param timestamp milliseconds since the epoch
     * @param maxOutOfOrderness how far behind the greatest timestamp a record may come
     */
    public SourceBuilder<T> eventTime(ToLongFunction<T> timestamp, Duration maxOutOfOrderness) {
        return eventTime(new EventTime<>(timestamp, maxOutOfOrderness, Optional.empty()));
    }

    /** @param recordsPerSecond of all replicas together, at least 1 */
    public SourceBuilder<T> rate(long recordsPerSecond) {
        source.rate(recordsPerSecond);
        return this;
    }

    /** As {@link StageFlow#filter}. */
    public StageFlow<Row, T> filter(Predicate<T> predicate) {
        return flow.filter(predicate);
    }

    /** As {@link StageFlow#map}. */
    public <O> StageFlow<Row, O> map(Codec<O> codec, Function<T, O> function) {
        return flow.map(codec, function);
    }

    /** As {@link StageFlow#flatMap}. */
    public <O> StageFlow<Row, O> flatMap(Codec<O> codec, Function<T, ? extends Iterable<O>> function) {
        return flow.flatMap(codec, function);
    }

    /** As {@link StageFlow#sink}. */
    public PipelineBuilder sink(Sink<T> sink) {
        return flow.sink(sink);
    }

    /** All other steps that may follow a source. */
    public StageFlow<Row, T> steps() {
        return flow;
    }

    /** The source's records as they are, for other stages. */
    public Output<T> output() {
        return flow.output();
    }
}
