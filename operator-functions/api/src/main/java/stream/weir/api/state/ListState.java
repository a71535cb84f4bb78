package stream.weir.api.state;

import java.util.List;

/** A list for each key, made to be appended to. */
public interface ListState<T> {
    /** The present key's elements in the order they were added; a copy. */
    List<T> get();

    void add(T value);

    /** Replaces the whole list. */
    void update(List<T> values);

    void clear();
}
