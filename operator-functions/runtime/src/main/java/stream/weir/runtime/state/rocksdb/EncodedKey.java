package stream.weir.runtime.state.rocksdb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A key of a table as RocksDB has it ({@link KeyCode}), with its hash. Mutable and reused. */
final class EncodedKey {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final long MIX = 0xD6E8FEB86659FD93L;

    private final int family;
    private byte[] array = new byte[64];
    private int length;
    private int hash;

    /** @param family id of the table's column family */
    EncodedKey(int family) {
        this.family = family;
    }

    EncodedKey set(int keyGroup, long pane, byte[] key, int offset, int keyLength) {
        ensure(KeyCode.MAX_PREFIX_BYTES + keyLength);
        int prefix = KeyCode.writePrefix(array, keyGroup, pane);
        System.arraycopy(key, offset, array, prefix, keyLength);
        length = prefix + keyLength;
        hash = hash(family, array, 0, length);
        return this;
    }

    /** Takes key group and pane alone. */
    EncodedKey setPane(int keyGroup, long pane) {
        length = KeyCode.writePrefix(array, keyGroup, pane);
        hash = hash(family, array, 0, length);
        return this;
    }

    /** Takes a key as RocksDB has it. */
    EncodedKey set(byte[] key, int offset, int keyLength) {
        ensure(keyLength);
        System.arraycopy(key, offset, array, 0, keyLength);
        length = keyLength;
        hash = hash(family, array, 0, length);
        return this;
    }

    byte[] array() {
        return array;
    }

    int length() {
        return length;
    }

    int family() {
        return family;
    }

    /** Of the cache; never stored. */
    int hashValue() {
        return hash;
    }

    static int hash(int family, byte[] array, int offset, int length) {
        long h = (family + length * 31L) * GOLDEN;
        int end = offset + length;
        int i = offset;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            h = mix(h ^ (long) LONG.get(array, i));
        }
        if (i + Integer.BYTES <= end) {
            h = mix(h ^ (int) INT.get(array, i));
            i += Integer.BYTES;
        }
        long rest = 0;
        for (; i < end; i++) {
            rest = rest << 8 | array[i] & 0xFF;
        }
        return (int) (mix(h ^ rest) >>> 32);
    }

    private static long mix(long value) {
        long mixed = (value ^ value >>> 32) * MIX;
        return (mixed ^ mixed >>> 29) * GOLDEN;
    }

    private void ensure(int bytes) {
        if (array.length < bytes) {
            array = Arrays.copyOf(array, Math.max(bytes, array.length * 2));
        }
    }
}
