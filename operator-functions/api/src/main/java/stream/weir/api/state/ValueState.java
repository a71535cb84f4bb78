package stream.weir.api.state;

import java.util.Optional;

/** One value for each key. */
public interface ValueState<T> {
    /** The present key's value. */
    Optional<T> get();

    /** The present key's value, or {@code absent} where there is none; allocates nothing of its own. */
    T orElse(T absent);

    void update(T value);

    void clear();
}
