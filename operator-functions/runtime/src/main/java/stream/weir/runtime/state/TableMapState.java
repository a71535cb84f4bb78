package stream.weir.runtime.state;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.Codec;
import stream.weir.api.state.MapState;

/** An entry of an ordered table for each key and key of the map. */
final class TableMapState<K, V> implements MapState<K, V> {
    private final OrderedTable table;
    private final ElementKeys keys;
    private final Codec<K> keyCodec;
    private final Codec<V> valueCodec;
    private final Buffers buffers;

    TableMapState(OrderedTable table, ElementKeys keys, Codec<K> keyCodec, Codec<V> valueCodec, Buffers buffers) {
        this.table = table;
        this.keys = keys;
        this.keyCodec = keyCodec;
        this.valueCodec = valueCodec;
        this.buffers = buffers;
    }

    @Override
    public Optional<V> get(K key) {
        Slice found = buffers.found();
        return table.get(keys.keyGroup(), element(key), found)
                ? Optional.of(buffers.decode(valueCodec, found))
                : Optional.empty();
    }

    @Override
    public void put(K key, V value) {
        Slice encoded = buffers.encode(valueCodec, value);
        table.put(keys.keyGroup(), element(key), encoded);
    }

    @Override
    public void remove(K key) {
        table.remove(keys.keyGroup(), element(key));
    }

    @Override
    public boolean isEmpty() {
        boolean[] empty = {true};
        keys.scan((key, value) -> empty[0] = false);
        return empty[0];
    }

    @Override
    public void forEach(BiConsumer<? super K, ? super V> action) {
        int prefix = keys.begin().size();
        ByteReader reader = new ByteReader();
        keys.scan((key, value) -> {
            K mapKey = keyCodec.decode(reader.wrap(key.array(), key.offset() + prefix, key.length() - prefix));
            V mapValue = buffers.decode(valueCodec, value);
            action.accept(mapKey, mapValue);
            return true;
        });
    }

    @Override
    public Map<K, V> entries() {
        Map<K, V> entries = new LinkedHashMap<>();
        forEach(entries::put);
        return entries;
    }

    @Override
    public void clear() {
        keys.removeAll();
    }

    private Slice element(K key) {
        keyCodec.encode(key, keys.begin());
        return keys.end();
    }
}
