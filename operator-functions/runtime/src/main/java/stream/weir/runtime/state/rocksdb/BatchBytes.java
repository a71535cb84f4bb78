package stream.weir.runtime.state.rocksdb;

import java.util.Arrays;
import stream.weir.api.codec.ByteWriter;

/**
 * A write batch in RocksDB's own serial form (described in its {@code db/write_batch.cc}; it is also the form of its log and so stays
 * readable): 8 bytes of sequence number, 4 bytes of count, both little-endian, then a tag, the column family and length-prefixed strings
 * for each change. Written here, a batch crosses into native code once instead of once for each entry.
 */
final class BatchBytes {
    private static final int COUNT = 8;
    private static final int DELETE = 0x4;
    private static final int PUT = 0x5;
    private static final int DELETE_RANGE = 0xE;

    private final ByteWriter out = new ByteWriter(1 << 16);
    private int count;

    BatchBytes() {
        clear();
    }

    void clear() {
        out.reset();
        out.writeLong(0);
        out.writeInt(0);
        count = 0;
    }

    boolean isEmpty() {
        return count == 0;
    }

    int size() {
        return out.size();
    }

    /** Takes one change of a page. */
    void put(Page page, int at) {
        head(PUT, page.family(at));
        out.writeLengthPrefixed(page.data, page.keyOffset(at), page.keyLength(at));
        out.writeLengthPrefixed(page.data, page.valueOffset(at), page.valueLength(at));
    }

    void put(int family, byte[] key, byte[] value) {
        head(PUT, family);
        out.writeLengthPrefixed(key, 0, key.length);
        out.writeLengthPrefixed(value, 0, value.length);
    }

    void delete(int family, byte[] key, int offset, int length) {
        head(DELETE, family);
        out.writeLengthPrefixed(key, offset, length);
    }

    /** @param to exclusive */
    void deleteRange(int family, byte[] from, byte[] to) {
        head(DELETE_RANGE, family);
        out.writeLengthPrefixed(from, 0, from.length);
        out.writeLengthPrefixed(to, 0, to.length);
    }

    byte[] toByteArray() {
        byte[] bytes = Arrays.copyOf(out.buffer(), out.size());
        for (int i = 0; i < Integer.BYTES; i++) {
            bytes[COUNT + i] = (byte) (count >>> 8 * i);
        }
        return bytes;
    }

    private void head(int tag, int family) {
        out.writeByte(tag);
        out.writeVarInt(family);
        count++;
    }
}
