package stream.weir.runtime.state;

import java.util.Arrays;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;

/**
 * Keys of the elements that belong to the present key, in an ordered table: the key's length (varint), the key, and what tells
 * its elements apart.
 */
final class ElementKeys {
    private final OrderedTable table;
    private final Key current;
    private final ByteWriter writer = new ByteWriter();
    private final ByteWriter collected = new ByteWriter();
    private final Slice slice = new Slice();

    ElementKeys(OrderedTable table, Key current) {
        this.table = table;
        this.current = current;
    }

    int keyGroup() {
        return current.keyGroup();
    }

    /** Begins a key; what is written next tells the element apart. */
    ByteWriter begin() {
        writer.reset();
        writer.writeLengthPrefixed(current.array(), current.offset(), current.length());
        return writer;
    }

    /** The key that was begun, valid until the next one is. */
    Slice end() {
        return slice.set(writer.buffer(), 0, writer.size());
    }

    /** Visits the present key's elements in order. */
    void scan(EntryVisitor visitor) {
        byte[] prefix = prefix();
        table.scan(current.keyGroup(), new Slice(prefix), new Slice(behind(prefix)), visitor);
    }

    /** Removes the present key's elements. */
    void removeAll() {
        collected.reset();
        scan((key, value) -> {
            collected.writeLengthPrefixed(key.array(), key.offset(), key.length());
            return true;
        });
        ByteReader keys = new ByteReader().wrap(collected.buffer(), 0, collected.size());
        while (keys.remaining() > 0) {
            int length = keys.readLength();
            slice.set(keys.buffer(), keys.position(), length);
            keys.skip(length);
            table.remove(current.keyGroup(), slice);
        }
    }

    /** The bytes that all keys of the present key's elements begin with. */
    byte[] prefix() {
        return begin().toByteArray();
    }

    /** The least key behind all those that begin with {@code prefix}, whose length byte is never 255. */
    private static byte[] behind(byte[] prefix) {
        int last = prefix.length - 1;
        while (prefix[last] == (byte) 0xFF) {
            last--;
        }
        byte[] behind = Arrays.copyOf(prefix, last + 1);
        behind[last]++;
        return behind;
    }
}
