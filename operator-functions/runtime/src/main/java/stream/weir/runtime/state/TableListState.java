package stream.weir.runtime.state;

import java.util.ArrayList;
import java.util.List;
import stream.weir.api.codec.Codec;
import stream.weir.api.state.ListState;

/** An entry of an ordered table for each element, in the order of positions that only grow. Adding reads nothing. */
final class TableListState<T> implements ListState<T> {
    private final OrderedTable table;
    private final ElementKeys keys;
    private final ListPositions positions;
    private final Codec<T> codec;
    private final Buffers buffers;

    TableListState(OrderedTable table, ElementKeys keys, ListPositions positions, Codec<T> codec, Buffers buffers) {
        this.table = table;
        this.keys = keys;
        this.positions = positions;
        this.codec = codec;
        this.buffers = buffers;
    }

    @Override
    public List<T> get() {
        List<T> elements = new ArrayList<>();
        keys.scan((key, value) -> elements.add(buffers.decode(codec, value)));
        return elements;
    }

    @Override
    public void add(T value) {
        int keyGroup = keys.keyGroup();
        long position = positions.next(keyGroup);
        keys.begin().writeLong(position);
        table.put(keyGroup, keys.end(), buffers.encode(codec, value));
    }

    @Override
    public void update(List<T> values) {
        clear();
        values.forEach(this::add);
    }

    @Override
    public void clear() {
        keys.removeAll();
    }
}
