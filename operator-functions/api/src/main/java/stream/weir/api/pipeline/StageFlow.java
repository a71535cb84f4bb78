package stream.weir.api.pipeline;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import stream.weir.api.codec.Codec;
import stream.weir.api.function.Aggregation;
import stream.weir.api.function.AsyncFunction;
import stream.weir.api.function.KeyedProcessFunction;
import stream.weir.api.function.ProcessFunction;
import stream.weir.api.function.SideOutput;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowCodec;
import stream.weir.api.sink.Sink;

/**
 * The records of a stage behind the steps added so far. Each step is added to the stage at once, so a flow is to be used in one
 * chain; what a step makes of the records is encoded with the codec given with it. See {@link PipelineBuilder}.
 *
 * @param <K> the key; a {@link Row} without fields in a stage without keys, whose one replica's records all have that key
 * @param <T> the records
 */
public final class StageFlow<K, T> {
    private final PipelineBuilder pipeline;
    private final StageDraft draft;
    private final Codec<T> codec;

    StageFlow(PipelineBuilder pipeline, StageDraft draft, Codec<T> codec) {
        this.pipeline = pipeline;
        this.draft = draft;
        this.codec = codec;
    }

    /** Names the last step; by its name its state is found in checkpoints. {@code kind}, {@code kind-2}, ... unless told. */
    public StageFlow<K, T> as(String stepName) {
        draft.nameLastStep(stepName);
        return this;
    }

    /** What happens to records that the steps from here on cannot process. */
    public StageFlow<K, T> onError(OnError policy) {
        draft.onError(policy);
        return this;
    }

    public StageFlow<K, T> filter(Predicate<T> predicate) {
        OnError onError = draft.onError();
        draft.step("filter", name -> new Step.Filter<>(name, predicate, onError));
        return this;
    }

    public <O> StageFlow<K, O> map(Codec<O> codec, Function<T, O> function) {
        OnError onError = draft.onError();
        draft.step("map", name -> new Step.Map<>(name, function, onError));
        return then(codec);
    }

    public <O> StageFlow<K, O> flatMap(Codec<O> codec, Function<T, ? extends Iterable<O>> function) {
        OnError onError = draft.onError();
        draft.step("flatMap", name -> new Step.FlatMap<>(name, function, onError));
        return then(codec);
    }

    /** @param function called once for each replica and run */
    public <O> StageFlow<K, O> process(Codec<O> codec, Supplier<ProcessFunction<T, O>> function) {
        OnError onError = draft.onError();
        draft.step("process", name -> new Step.Process<>(name, function, onError));
        return then(codec);
    }

    /** @param function called once for each replica and run */
    public <O> StageFlow<K, O> keyedProcess(Codec<O> codec, Supplier<KeyedProcessFunction<K, T, O>> function) {
        OnError onError = draft.onError();
        draft.step("process", name -> new Step.KeyedProcess<>(name, function, onError));
        return then(codec);
    }

    /**
     * @param capacity most calls under way at once, at least 1
     * @param timeout of one call
     * @param function called once for each replica and run
     */
    public <O> StageFlow<K, O> async(
            Codec<O> codec, int capacity, Duration timeout, Supplier<AsyncFunction<T, O>> function) {
        OnError onError = draft.onError();
        draft.step("async", name -> new Step.Async<>(name, function, capacity, timeout, onError));
        return then(codec);
    }

    public WindowBuilder<K, T> window(WindowSpec window) {
        return new WindowBuilder<>(this, draft, window);
    }

    /** A running aggregate: the new result of a key with each record. */
    public <A, R, O> StageFlow<K, O> aggregate(
            Aggregation<T, A, R> aggregation, BiFunction<K, R, O> result, Codec<O> codec) {
        OnError onError = draft.onError();
        draft.step(
                "aggregate",
                name -> new Step.RunningAggregate<>(
                        name, aggregation.aggregator(), aggregation.accumulatorCodec(), result, onError));
        return then(codec);
    }

    /** Lets the first record of each identity through, for ever. */
    public <I> StageFlow<K, T> deduplicate(Function<T, I> identity, Codec<I> identityCodec) {
        return deduplicate(identity, identityCodec, Optional.empty());
    }

    /** @param within how long an identity is remembered, by event time */
    public <I> StageFlow<K, T> deduplicate(Function<T, I> identity, Codec<I> identityCodec, Duration within) {
        return deduplicate(identity, identityCodec, Optional.of(within));
    }

    private <I> StageFlow<K, T> deduplicate(
            Function<T, I> identity, Codec<I> identityCodec, Optional<Duration> within) {
        OnError onError = draft.onError();
        draft.step("deduplicate", name -> new Step.Deduplicate<>(name, identity, identityCodec, within, onError));
        return this;
    }

    /** Declares a side output that the stage's functions emit to. */
    public StageFlow<K, T> sideOutput(SideOutput<?> output) {
        draft.output(output.name(), output.codec());
        return this;
    }

    /** The records as they are here, at the end of the stage, for other stages. */
    public Output<T> output() {
        return Output.of(draft.name(), codec);
    }

    /** What could not be processed, where {@link OnError#DEAD_LETTER} is set; rows as {@link DeadLetters} says. */
    public Output<Row> deadLetters() {
        RowCodec rows = RowCodec.of(DeadLetters.ROW_TYPE);
        draft.output(Stage.DEAD_LETTERS, rows);
        return new Output<>(draft.name(), Stage.DEAD_LETTERS, rows);
    }

    /** Ends the stage. */
    public PipelineBuilder sink(Sink<T> sink) {
        draft.sink(sink);
        return pipeline;
    }

    /** Ends this stage and begins another one. */
    public StageBuilder stage(String name) {
        return pipeline.stage(name);
    }

    /** As {@link PipelineBuilder#build}. */
    public Pipeline build() {
        return pipeline.build();
    }

    <O> StageFlow<K, O> then(Codec<O> next) {
        draft.output(Stage.MAIN, next);
        return new StageFlow<>(pipeline, draft, next);
    }
}
