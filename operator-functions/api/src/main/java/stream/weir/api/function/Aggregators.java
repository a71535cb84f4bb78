package stream.weir.api.function;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import stream.weir.api.codec.Codec;
import stream.weir.api.codec.Codecs;

/** Ready-made aggregations. Stateless, safe for use by any number of threads, as long as the functions given to them are. */
public final class Aggregators {
    private Aggregators() {}

    /** How many records there are. */
    public static <I> Aggregation<I, Long, Long> count() {
        return folding(Codecs.LONG, 0L, input -> 1L, Math::addExact, sum -> sum);
    }

    /** The sum; an overflow fails the run instead of wrapping around. */
    public static <I> Aggregation<I, Long, Long> sumLong(ToLongFunction<? super I> of) {
        return folding(Codecs.LONG, 0L, of::applyAsLong, Math::addExact, sum -> sum);
    }

    /** The sum; as always with doubles its last digits depend on the order of the records. */
    public static <I> Aggregation<I, Double, Double> sumDouble(ToDoubleFunction<? super I> of) {
        return folding(Codecs.DOUBLE, 0.0, of::applyAsDouble, Double::sum, sum -> sum);
    }

    /** The arithmetic mean; NaN of nothing. */
    public static <I> Aggregation<I, Mean, Double> average(ToDoubleFunction<? super I> of) {
        return folding(
                MeanCodec.INSTANCE,
                new Mean(0, 0),
                input -> new Mean(of.applyAsDouble(input), 1),
                Mean::plus,
                Mean::value);
    }

    /** The least value in its natural order; empty of nothing. */
    public static <I, V extends Comparable<? super V>> Aggregation<I, Optional<V>, Optional<V>> min(
            Function<? super I, V> of, Codec<V> codec) {
        return extreme(of, codec, BinaryOperator.minBy(Comparator.naturalOrder()));
    }

    /** The greatest value in its natural order; empty of nothing. */
    public static <I, V extends Comparable<? super V>> Aggregation<I, Optional<V>, Optional<V>> max(
            Function<? super I, V> of, Codec<V> codec) {
        return extreme(of, codec, BinaryOperator.maxBy(Comparator.naturalOrder()));
    }

    /**
     * The {@code n} greatest records, greatest first. Where {@code order} takes two for equal, their encoded bytes decide, so that
     * the result does not depend on the order of arrival.
     *
     * @param n at least 1
     */
    public static <I> Aggregation<I, List<I>, List<I>> top(int n, Comparator<? super I> order, Codec<I> codec) {
        if (n < 1) {
            throw new IllegalArgumentException("top " + n + ": at least 1 record is needed");
        }
        Comparator<I> greatestFirst = new EncodedOrder<I>(order, codec).reversed();
        return folding(
                Codecs.list(codec),
                List.of(),
                List::of,
                (left, right) -> merge(left, right, greatestFirst, n),
                list -> list);
    }

    private static <I> List<I> merge(List<I> left, List<I> right, Comparator<I> greatestFirst, int n) {
        List<I> merged = new ArrayList<>(Math.min(n, left.size() + right.size()));
        int i = 0;
        int j = 0;
        while (merged.size() < n && (i < left.size() || j < right.size())) {
            boolean fromLeft =
                    j == right.size() || (i < left.size() && greatestFirst.compare(left.get(i), right.get(j)) <= 0);
            merged.add(fromLeft ? left.get(i++) : right.get(j++));
        }
        return List.copyOf(merged);
    }

    private static <I, V> Aggregation<I, Optional<V>, Optional<V>> extreme(
            Function<? super I, V> of, Codec<V> codec, BinaryOperator<V> better) {
        return folding(
                Codecs.optional(codec),
                Optional.empty(),
                input -> Optional.of(of.apply(input)),
                (left, right) -> left.isEmpty() || right.isEmpty()
                        ? left.or(() -> right)
                        : Optional.of(better.apply(left.get(), right.get())),
                value -> value);
    }

    private static <I, A, O> Aggregation<I, A, O> folding(
            Codec<A> codec, A nothing, Function<I, A> one, BinaryOperator<A> plus, Function<A, O> result) {
        return new Aggregation<>(new Folding<>(nothing, one, plus, result), codec);
    }

    /** An aggregation in which one record is an accumulator, too. */
    private record Folding<I, A, O>(A nothing, Function<I, A> one, BinaryOperator<A> plus, Function<A, O> of)
            implements Aggregator<I, A, O> {
        @Override
        public A create() {
            return nothing;
        }

        @Override
        public A add(A accumulator, I input) {
            return plus.apply(accumulator, one.apply(input));
        }

        @Override
        public A merge(A left, A right) {
            return plus.apply(left, right);
        }

        @Override
        public O result(A accumulator) {
            return of.apply(accumulator);
        }
    }
}
