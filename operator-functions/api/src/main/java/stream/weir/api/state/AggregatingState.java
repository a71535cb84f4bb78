package stream.weir.api.state;

import java.util.Optional;

/**
 * A value for each key to which inputs are added. As the addition is associative, backends may keep what was added as deltas
 * and read the stored value only when it is asked for.
 *
 * @param <I> what is added
 * @param <O> what comes out
 */
public interface AggregatingState<I, O> {
    void add(I input);

    /** The result for the present key; empty where nothing was added. */
    Optional<O> get();

    void clear();
}
