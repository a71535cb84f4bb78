package stream.weir.runtime.state.rocksdb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Entries, one behind the other from offset 8. An entry is a header of 20 bytes (distance to the pane's entry before it, length of the
 * entry and of the value, length of the key, column family, kind), the key, the value and room for it to grow; entries begin at multiples
 * of 8. The replica's thread changes a page until it is frozen; from then on every thread may read it.
 */
final class Page {
    static final int FIRST_ENTRY = 8;
    static final int HEADER = 20;

    /** As RocksDB has it, or will when an earlier page has been flushed. */
    static final byte CLEAN = 0;
    /** A value that RocksDB does not have. */
    static final byte PUT = 1;
    /** The key is to be removed from RocksDB. */
    static final byte REMOVED = 2;
    /** All of a pane is to be removed from RocksDB; the key is the pane's prefix. */
    static final byte PANE_REMOVED = 3;
    /** Replaced before it was frozen. */
    static final byte DEAD = 4;

    private static final int BEFORE = 0;
    private static final int SIZE = 4;
    private static final int VALUE = 8;
    private static final int KEY = 12;
    private static final int FAMILY = 16;
    private static final int KIND = 18;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());

    private static final VarHandle BIG_ENDIAN_LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    final byte[] data;
    private long number;
    private int end = FIRST_ENTRY;
    private int changeBytes;

    Page(int bytes) {
        this.data = new byte[bytes];
    }

    Page reuse(long newNumber) {
        number = newNumber;
        end = FIRST_ENTRY;
        changeBytes = 0;
        return this;
    }

    static long entryBytes(long keyLength, long capacity) {
        return HEADER + keyLength + capacity + 7 & ~7L;
    }

    long number() {
        return number;
    }

    int end() {
        return end;
    }

    /** Whether RocksDB lacks something that is in it. */
    boolean dirty() {
        return changeBytes > 0;
    }

    /** Of entries that RocksDB lacks. */
    int changeBytes() {
        return changeBytes;
    }

    /** @return offset of the new entry, which is dead until it gets its value */
    int append(EncodedKey key, int before, int capacity) {
        int at = end;
        int size = (int) entryBytes(key.length(), capacity);
        INT.set(data, at + BEFORE, before);
        INT.set(data, at + SIZE, size);
        INT.set(data, at + VALUE, 0);
        INT.set(data, at + KEY, key.length());
        SHORT.set(data, at + FAMILY, (short) key.family());
        System.arraycopy(key.array(), 0, data, at + HEADER, key.length());
        end = at + size;
        data[at + KIND] = DEAD;
        return at;
    }

    /** @return as {@link #mark} */
    int setValue(int at, byte kind, byte[] value, int offset, int length) {
        System.arraycopy(value, offset, data, valueOffset(at), length);
        INT.set(data, at + VALUE, length);
        return mark(at, kind);
    }

    /** @return by how much {@link #changeBytes} grew */
    int mark(int at, byte kind) {
        byte before = data[at + KIND];
        if (before == kind) {
            return 0;
        }
        data[at + KIND] = kind;
        int bytes = next(at) - at;
        int grown = (isChange(kind) ? bytes : 0) - (isChange(before) ? bytes : 0);
        changeBytes += grown;
        return grown;
    }

    private static boolean isChange(byte kind) {
        return kind == PUT || kind == REMOVED || kind == PANE_REMOVED;
    }

    boolean hasKey(int at, EncodedKey key) {
        int length = key.length();
        return (int) INT.get(data, at + KEY) == length
                && family(at) == key.family()
                && Arrays.equals(data, at + HEADER, at + HEADER + length, key.array(), 0, length);
    }

    boolean hasSameKey(int at, Page other, int otherAt) {
        return family(at) == other.family(otherAt)
                && Arrays.equals(
                        data, at + HEADER, valueOffset(at), other.data, otherAt + HEADER, other.valueOffset(otherAt));
    }

    /** The {@linkplain EncodedKey#hashValue() hash} of its key, computed anew: room for more entries is worth more. */
    int hash(int at) {
        return EncodedKey.hash(family(at), data, at + HEADER, keyLength(at));
    }

    /** In units of 8 bytes; 0 where there is none. */
    int before(int at) {
        return (int) INT.get(data, at + BEFORE);
    }

    int next(int at) {
        return at + (int) INT.get(data, at + SIZE);
    }

    int family(int at) {
        return (short) SHORT.get(data, at + FAMILY) & 0xFFFF;
    }

    byte kind(int at) {
        return data[at + KIND];
    }

    int keyOffset(int at) {
        return at + HEADER;
    }

    /** The first 8 bytes of its key as an unsigned number in the order of keys; short ones are filled up with zeros. */
    long keyBeginning(int at) {
        int from = at + HEADER;
        int bytes = Math.min(keyLength(at), Long.BYTES);
        if (bytes == Long.BYTES) {
            return (long) BIG_ENDIAN_LONG.get(data, from);
        }
        long beginning = 0;
        for (int i = 0; i < bytes; i++) {
            beginning |= (data[from + i] & 0xFFL) << Long.SIZE - Byte.SIZE * (i + 1);
        }
        return beginning;
    }

    int keyLength(int at) {
        return (int) INT.get(data, at + KEY);
    }

    int valueOffset(int at) {
        return at + HEADER + keyLength(at);
    }

    int valueLength(int at) {
        return (int) INT.get(data, at + VALUE);
    }

    int capacity(int at) {
        return next(at) - valueOffset(at);
    }
}
