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

    static int compare(byte[] array, int offset, int length, Slice key) {
        int from = 0;
        if (length >= 8 && key.length() >= 8) {
            long left = (long) LONG.get(array, offset);
            long right = (long) LONG.get(key.array(), key.offset());
            if (left != right) {
                return Long.compareUnsigned(left, right);
            }
            from = 8;
        }
        return Arrays.compareUnsigned(
                array, offset + from, offset + length, key.array(), key.offset() + from, key.offset() + key.length());
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
