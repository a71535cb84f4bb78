package stream.weir.runtime.function;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Codec;
import stream.weir.runtime.state.EntryVisitor;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.OrderedTable;
import stream.weir.runtime.state.Slice;

/**
 * The rows of a join in a table, with entry keys made of: a time (window joins: the window's end; joins by distance: none), the
 * record's key with its length in 4 bytes, the side, a time (joins by distance: the record's; window joins: none), and a number
 * that keeps equal ones apart and in the order of arrival. Times are 8 bytes with the sign inverted, in the order of their bytes.
 */
final class JoinRows<L, R> {
    private static final Slice ALL = new Slice();

    private final OrderedTable table;
    private final StateCodec<JoinRow<L, R>> codec;
    private final Sequence sequence;
    private final Key key;
    private final ByteReader reader = new ByteReader();
    private final Slice entrySlice = new Slice();
    private final Slice rowSlice = new Slice();

    JoinRows(OrderedTable table, Codec<JoinRow<L, R>> codec, Sequence sequence, Key key) {
        this.table = table;
        this.codec = new StateCodec<>(codec);
        this.sequence = sequence;
        this.key = key;
    }

    /** A row and its entry's key. */
    record Found<L, R>(byte[] entry, JoinRow<L, R> row) {}

    /** The rows of one key and window. */
    record KeyAndWindow<L, R>(byte[] key, List<Found<L, R>> rows) {}

    /** Encodes a row to be put; runs the user's codec. Valid until the next call. */
    ByteWriter encode(JoinRow<L, R> row) {
        return codec.encode(row);
    }

    void putInWindow(long window, Side side, ByteWriter row) {
        ByteWriter entry = time(window);
        put(numbered(append(entry, side)), row);
    }

    void putAtTime(Side side, long timestamp, ByteWriter row) {
        ByteWriter entry = append(new ByteWriter(64), side);
        entry.writeLong(timestamp ^ Long.MIN_VALUE);
        put(numbered(entry), row);
    }

    void replace(byte[] entry, ByteWriter row) {
        put(entry, row);
    }

    void remove(int keyGroup, byte[] entry) {
        table.remove(keyGroup, entrySlice.set(entry, 0, entry.length));
    }

    /** The first time in a key group's entries; {@link Long#MAX_VALUE} where there are none. */
    long firstWindow(int keyGroup) {
        long[] first = {Long.MAX_VALUE};
        table.scan(keyGroup, ALL, ALL, (entry, row) -> {
            first[0] =
                    reader.wrap(entry.array(), entry.offset(), entry.length()).readLong() ^ Long.MIN_VALUE;
            return false;
        });
        return first[0];
    }

    /** The rows of the first key that has any in a window; right ones first, in the order of arrival. None where no key has. */
    KeyAndWindow<L, R> firstKey(int keyGroup, long window) {
        FirstKey visitor = new FirstKey();
        table.scan(keyGroup, slice(time(window)), slice(time(window + 1)), visitor);
        return new KeyAndWindow<>(visitor.keyBytes, visitor.rows);
    }

    /** The present key's rows of a side, in the order of time; both times inclusive. */
    List<Found<L, R>> find(Side side, long first, long last) {
        List<Found<L, R>> found = new ArrayList<>();
        ByteWriter from = append(new ByteWriter(64), side);
        from.writeLong(first ^ Long.MIN_VALUE);
        ByteWriter to = append(new ByteWriter(64), side);
        to.writeLong((last + 1) ^ Long.MIN_VALUE);
        table.scan(
                key.keyGroup(),
                slice(from),
                slice(to),
                (entry, row) -> found.add(new Found<>(entry.toByteArray(), codec.decode(row))));
        return found;
    }

    private void put(byte[] entry, ByteWriter row) {
        table.put(key.keyGroup(), entrySlice.set(entry, 0, entry.length), rowSlice.set(row.buffer(), 0, row.size()));
    }

    private static ByteWriter time(long time) {
        ByteWriter entry = new ByteWriter(64);
        entry.writeLong(time ^ Long.MIN_VALUE);
        return entry;
    }

    private ByteWriter append(ByteWriter entry, Side side) {
        entry.writeInt(key.length());
        entry.writeBytes(key.array(), key.offset(), key.length());
        entry.writeByte(side == Side.RIGHT ? 0 : 1);
        return entry;
    }

    private byte[] numbered(ByteWriter entry) {
        entry.writeLong(sequence.next(key.keyGroup()));
        return entry.toByteArray();
    }

    private static Slice slice(ByteWriter bytes) {
        return new Slice().set(bytes.buffer(), 0, bytes.size());
    }

    /** Collects the entries up to the next key. */
    private final class FirstKey implements EntryVisitor {
        private final List<Found<L, R>> rows = new ArrayList<>();
        private byte[] keyBytes = {};

        @Override
        public boolean visit(Slice entry, Slice row) {
            reader.wrap(entry.array(), entry.offset() + Long.BYTES, entry.length() - Long.BYTES);
            byte[] keyOfEntry = reader.readBytes(reader.readInt());
            if (!rows.isEmpty() && !Arrays.equals(keyBytes, keyOfEntry)) {
                return false;
            }
            keyBytes = keyOfEntry;
            rows.add(new Found<>(entry.toByteArray(), codec.decode(row)));
            return true;
        }
    }
}
