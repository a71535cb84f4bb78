package stream.weir.runtime.state.rocksdb;

import java.util.Arrays;

/**
 * Keys as RocksDB has them, in the order of key group, pane, key. The key group takes two bytes, big-endian. A pane takes one byte
 * that says sign and length, and as few bytes as it needs: {@code 0x80} alone is pane 0, so that tables without windows pay one
 * byte; {@code 0x80 + n} and {@code n} bytes are a positive pane, {@code 0x80 - n} and {@code n} bytes a negative one.
 * As the first byte tells the length, no pane is the beginning of another.
 */
final class KeyCode {
    static final int GROUP_BYTES = 2;
    static final int MAX_PREFIX_BYTES = GROUP_BYTES + 9;
    /** The largest key group. */
    static final int MAX_GROUP = 0xFFFE;

    /** Behind all keys. */
    static final byte[] END = {(byte) 0xFF, (byte) 0xFF};

    private static final int ZERO = 0x80;

    private KeyCode() {}

    /** @return the bytes written */
    static int writeGroup(byte[] target, int keyGroup) {
        target[0] = (byte) (keyGroup >>> 8);
        target[1] = (byte) keyGroup;
        return GROUP_BYTES;
    }

    /** Writes key group and pane. @return the bytes written */
    static int writePrefix(byte[] target, int keyGroup, long pane) {
        writeGroup(target, keyGroup);
        int bytes = bytesOf(pane);
        target[GROUP_BYTES] = (byte) (pane < 0 ? ZERO - bytes : ZERO + bytes);
        for (int i = 0; i < bytes; i++) {
            target[GROUP_BYTES + 1 + i] = (byte) (pane >>> 8 * (bytes - 1 - i));
        }
        return GROUP_BYTES + 1 + bytes;
    }

    static byte[] prefix(int keyGroup, long pane) {
        byte[] target = new byte[MAX_PREFIX_BYTES];
        return Arrays.copyOf(target, writePrefix(target, keyGroup, pane));
    }

    static byte[] group(int keyGroup) {
        byte[] target = new byte[GROUP_BYTES];
        writeGroup(target, keyGroup);
        return target;
    }

    static int keyGroup(byte[] key) {
        return keyGroup(key, 0);
    }

    static int keyGroup(byte[] key, int offset) {
        return (key[offset] & 0xFF) << 8 | key[offset + 1] & 0xFF;
    }

    /** Length of key group and pane at the beginning of {@code key}. */
    static int prefixBytes(byte[] key, int offset) {
        return GROUP_BYTES + 1 + Math.abs((key[offset + GROUP_BYTES] & 0xFF) - ZERO);
    }

    static long pane(byte[] key) {
        int sign = (key[GROUP_BYTES] & 0xFF) - ZERO;
        long pane = sign < 0 ? -1 : 0;
        for (int i = 0; i < Math.abs(sign); i++) {
            pane = pane << 8 | key[GROUP_BYTES + 1 + i] & 0xFF;
        }
        return pane;
    }

    /** The smallest key above all that begin with {@code prefix}; empty where there is none. */
    static byte[] after(byte[] prefix) {
        int length = prefix.length;
        while (length > 0 && prefix[length - 1] == (byte) 0xFF) {
            length--;
        }
        byte[] result = Arrays.copyOf(prefix, length);
        if (length > 0) {
            result[length - 1]++;
        }
        return result;
    }

    private static int bytesOf(long pane) {
        long magnitude = pane < 0 ? ~pane : pane;
        int bytes = (71 - Long.numberOfLeadingZeros(magnitude)) / 8;
        return pane < 0 ? Math.max(1, bytes) : bytes;
    }
}
