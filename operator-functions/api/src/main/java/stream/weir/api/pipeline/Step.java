package stream.weir.api.pipeline;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.Codec;
import stream.weir.api.function.Aggregator;
import stream.weir.api.function.AsyncFunction;
import stream.weir.api.function.KeyedProcessFunction;
import stream.weir.api.function.ProcessFunction;
import stream.weir.api.function.TwoInputFunction;

/**
 * One step of a stage. Functions with state come as suppliers, called once for each replica and run; plain functions are
 * shared by all replicas and must be free of state.
 *
 * <p>{@link #name()} is unique within the stage and identifies the step's state in checkpoints.
 */
public sealed interface Step {
    String name();

    record Filter<T>(String name, Predicate<T> predicate, OnError onError) implements Step {}

    record Map<I, O>(String name, Function<I, O> function, OnError onError) implements Step {}

    record FlatMap<I, O>(String name, Function<I, ? extends Iterable<O>> function, OnError onError) implements Step {}

    record Process<I, O>(String name, Supplier<ProcessFunction<I, O>> function, OnError onError) implements Step {}

    record KeyedProcess<K, I, O>(String name, Supplier<KeyedProcessFunction<K, I, O>> function, OnError onError)
            implements Step {}

    /** First step of a stage whose two inputs come from the stages {@code left} and {@code right} (each {@code stage} or {@code stage.output}). */
    record TwoInput<K, L, R, O>(
            String name, String left, String right, Supplier<TwoInputFunction<K, L, R, O>> function, OnError onError)
            implements Step {}

    /**
     * @param capacity most calls under way at once, at least 1
     * @param timeout of one call
     */
    record Async<I, O>(
            String name, Supplier<AsyncFunction<I, O>> function, int capacity, Duration timeout, OnError onError)
            implements Step {}

    /**
     * One result for each key and window when the watermark passes its end; again for each change within the allowed lateness.
     * The result's time is the window's last instant (end minus 1 ms).
     *
     * @param lateOutput side output for rows all of whose windows have ended; they are dropped and counted where absent
     */
    record WindowAggregate<K, I, A, R, O>(
            String name,
            WindowSpec window,
            Duration allowedLateness,
            Aggregator<I, A, R> aggregator,
            Codec<A> accumulatorCodec,
            WindowResult<K, R, O> result,
            Optional<String> lateOutput,
            OnError onError)
            implements Step {}

    /** Makes an output record of a window's result. Times in milliseconds since the epoch, {@code end} exclusive. */
    @FunctionalInterface
    interface WindowResult<K, R, O> {
        O of(K key, long start, long end, R result);
    }

    /** The running result of each key, sent on each change. */
    record RunningAggregate<K, I, A, R, O>(
            String name,
            Aggregator<I, A, R> aggregator,
            Codec<A> accumulatorCodec,
            BiFunction<K, R, O> result,
            OnError onError)
            implements Step {}

    /**
     * Pairs records of equal keys. First step of a stage.
     *
     * @param left stage (or {@code stage.output}) of the left records
     * @param result gets null for the right record where a left join finds none
     */
    record Join<L, R, O>(
            String name,
            String left,
            String right,
            JoinTime time,
            JoinType type,
            Codec<L> leftCodec,
            Codec<R> rightCodec,
            JoinResult<L, R, O> result,
            OnError onError)
            implements Step {}

    enum JoinType {
        INNER,
        LEFT
    }

    /** Which records of a key meet. */
    sealed interface JoinTime {
        /** Those of one window. */
        record Window(WindowSpec.Tumbling window) implements JoinTime {}

        /** Those at most this far apart in time. */
        record Within(Duration distance) implements JoinTime {}
    }

    @FunctionalInterface
    interface JoinResult<L, R, O> {
        O of(L left, @Nullable R right);
    }

    /**
     * Lets the first record of each identity through.
     *
     * @param identity what makes two records of a key the same
     * @param within how long an identity is remembered, by event time; for ever where absent
     */
    record Deduplicate<T, I>(
            String name, Function<T, I> identity, Codec<I> identityCodec, Optional<Duration> within, OnError onError)
            implements Step {}
}
