package stream.weir.runtime.state.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import stream.weir.runtime.state.EntryVisitor;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.Slice;

/**
 * How an entry lies in a page: a header of 8 bytes, the key, the value, and room up to a multiple of 8 bytes.
 *
 * <pre>
 * bit  63..62  state: 0 no entry here or behind, 1 live, 2 dead
 *      61..38  length of the key
 *      37..8   length of the value
 *       7..0   room behind the value in units of 8 bytes
 * </pre>
 */
final class Entries {
    static final int HEADER = 8;
    static final int MAX_KEY = (1 << 24) - 1;
    static final int MAX_VALUE = (1 << 30) - 1;
    static final int MAX_ROOM = 255 * 8;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long STATE = 3L << 62;
    private static final long LIVE = 1L << 62;
    private static final long DEAD = 2L << 62;

    private Entries() {}

    /** Bytes an entry takes without room to grow. */
    static int bytes(int keyLength, int valueLength) {
        if (keyLength > MAX_KEY || valueLength > MAX_VALUE) {
            throw new IllegalArgumentException("an entry with a key of " + keyLength + " bytes and a value of "
                    + valueLength + " bytes does not fit a table: at most " + MAX_KEY + " and " + MAX_VALUE);
        }
        return (HEADER + keyLength + valueLength + 7) & ~7;
    }

    static long live(int keyLength, int valueLength, int room) {
        return LIVE | (long) keyLength << 38 | (long) valueLength << 8 | room >>> 3;
    }

    static long header(byte[] page, int at) {
        return (long) LONG.get(page, at);
    }

    static void header(byte[] page, int at, long header) {
        LONG.set(page, at, header);
    }

    static long killed(long header) {
        return (header & ~STATE) | DEAD;
    }

    static int keyLength(long header) {
        return (int) (header >>> 38) & MAX_KEY;
    }

    static int valueLength(long header) {
        return (int) (header >>> 8) & MAX_VALUE;
    }

    /** Bytes the entry takes, with its room. */
    static int bytes(long header) {
        return ((HEADER + keyLength(header) + valueLength(header) + 7) & ~7) + (((int) header & 0xFF) << 3);
    }

    static void value(byte[] page, int at, Slice value) {
        long header = header(page, at);
        value.set(page, at + HEADER + keyLength(header), valueLength(header));
    }

    static boolean keyEquals(byte[] page, int at, Key key) {
        int length = keyLength(header(page, at));
        if (length != key.length()) {
            return false;
        }
        int from = at + HEADER;
        if (length == 8) {
            return (long) LONG.get(page, from) == (long) LONG.get(key.array(), key.offset());
        }
        return Arrays.equals(page, from, from + length, key.array(), key.offset(), key.offset() + length);
    }

    /** Visits the live entries of a page. @return whether to go on */
    static boolean forEach(byte[] page, int from, Slice key, Slice value, EntryVisitor visitor) {
        int at = from;
        while (at < page.length) {
            long header = header(page, at);
            if ((header & STATE) == 0) {
                return true;
            }
            if ((header & STATE) == LIVE) {
                int keyLength = keyLength(header);
                key.set(page, at + HEADER, keyLength);
                value.set(page, at + HEADER + keyLength, valueLength(header));
                if (!visitor.visit(key, value)) {
                    return false;
                }
            }
            at += bytes(header);
        }
        return true;
    }
}
