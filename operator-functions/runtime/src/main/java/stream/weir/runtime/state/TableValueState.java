package stream.weir.runtime.state;

import java.util.Optional;
import stream.weir.api.codec.Codec;
import stream.weir.api.state.ValueState;

/** One entry of a value table for each key. */
final class TableValueState<T> implements ValueState<T> {
    private final ValueTable table;
    private final Key current;
    private final Codec<T> codec;
    private final Buffers buffers;

    TableValueState(ValueTable table, Key current, Codec<T> codec, Buffers buffers) {
        this.table = table;
        this.current = current;
        this.codec = codec;
        this.buffers = buffers;
    }

    @Override
    public Optional<T> get() {
        Slice found = buffers.found();
        return table.get(current, ValueTable.NO_PANE, found)
                ? Optional.of(buffers.decode(codec, found))
                : Optional.empty();
    }

    @Override
    public T orElse(T absent) {
        Slice found = buffers.found();
        return table.get(current, ValueTable.NO_PANE, found) ? buffers.decode(codec, found) : absent;
    }

    @Override
    public void update(T value) {
        Slice encoded = buffers.encode(codec, value);
        table.put(current, ValueTable.NO_PANE, encoded.array(), encoded.offset(), encoded.length());
    }

    @Override
    public void clear() {
        table.remove(current, ValueTable.NO_PANE);
    }
}
