package stream.weir.runtime.state.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import stream.weir.runtime.state.Slice;

/** The order of keys: byte by byte, unsigned, the shorter first. */
final class KeyOrder {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private KeyOrder() {}

    /** The first 8 bytes, zeros where there are fewer. Keys with different prefixes are in the order of these as unsigned. */
    static long prefix(byte[] array, int offset, int length) {
        if (length >= Long.BYTES) {
            return (long) LONG.get(array, offset);
        }
        long prefix = 0;
        for (int i = 0; i < length; i++) {
            prefix |= (array[offset + i] & 0xFFL) << (56 - 8 * i);
        }
        return prefix;
    }

    static long prefix(Slice key) {
        return prefix(key.array(), key.offset(), key.length());
    }

    static int compare(byte[] array, int offset, int length, Slice key) {
        return Arrays.compareUnsigned(
                array, offset, offset + length, key.array(), key.offset(), key.offset() + key.length());
    }

    /** The shortest key that is greater than {@code left} and not greater than {@code right}. */
    static byte[] separator(Slice left, Slice right) {
        int same = Arrays.mismatch(
                left.array(),
                left.offset(),
                left.offset() + left.length(),
                right.array(),
                right.offset(),
                right.offset() + right.length());
        return Arrays.copyOfRange(right.array(), right.offset(), right.offset() + same + 1);
    }
}
