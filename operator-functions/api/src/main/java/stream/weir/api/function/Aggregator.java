package stream.weir.api.function;

/**
 * An associative and commutative aggregation. Accumulators are values: each method returns a new one (or the one it was given,
 * unchanged).
 *
 * @param <I> input
 * @param <A> accumulator
 * @param <O> output
 */
public interface Aggregator<I, A, O> {
    A create();

    A add(A accumulator, I input);

    A merge(A left, A right);

    O result(A accumulator);
}
