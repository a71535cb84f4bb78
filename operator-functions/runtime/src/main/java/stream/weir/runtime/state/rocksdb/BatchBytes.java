package stream.weir.runtime.state.rocksdb;

import java.io.IOException;
import java.util.Arrays;
import stream.weir.api.codec.ByteReader;
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

    /** Takes the changes of a batch; the array is the batch, and must be neither kept nor changed. */
    interface Reader {
        void put(int family, byte[] batch, int key, int keyLength, int value, int valueLength) throws IOException;

        void delete(int family, byte[] batch, int key, int keyLength) throws IOException;
    }

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

    void put(int family, byte[] bytes, int key, int keyLength, int value, int valueLength) {
        head(PUT, family);
        out.writeLengthPrefixed(bytes, key, keyLength);
        out.writeLengthPrefixed(bytes, value, valueLength);
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

    /** Reads a batch of puts and deletes, in their order. */
    static void read(byte[] batch, Reader reader) throws IOException {
        ByteReader in = new ByteReader(batch);
        in.skip(COUNT + Integer.BYTES);
        while (in.remaining() > 0) {
            int tag = in.readByte();
            int family = in.readVarInt();
            int keyLength = in.readLength();
            int key = in.position();
            in.skip(keyLength);
            switch (tag) {
                case PUT -> {
                    int valueLength = in.readLength();
                    reader.put(family, batch, key, keyLength, in.position(), valueLength);
                    in.skip(valueLength);
                }
                case DELETE -> reader.delete(family, batch, key, keyLength);
                default ->
                    throw new IOException("a batch holds a change with the tag " + tag + ", which is not written here");
            }
        }
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
