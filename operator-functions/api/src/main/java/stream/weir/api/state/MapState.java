package stream.weir.api.state;

import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** A map for each key; entries are read and written one by one, so it may be large. */
public interface MapState<K, V> {
    Optional<V> get(K key);

    void put(K key, V value);

    void remove(K key);

    boolean isEmpty();

    /** Calls {@code action} for each entry, in the order of the encoded keys; the map must not be changed meanwhile. */
    void forEach(BiConsumer<? super K, ? super V> action);

    /** A copy of all entries, in the order of the encoded keys. */
    Map<K, V> entries();

    void clear();
}
