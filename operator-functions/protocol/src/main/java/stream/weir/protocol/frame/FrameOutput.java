package stream.weir.protocol.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Fills an array of exactly the frame's length. */
final class FrameOutput {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private int position;

    FrameOutput(int length) {
        this.bytes = new byte[length];
    }

    byte[] bytes() {
        return bytes;
    }

    void putByte(int value) {
        bytes[position++] = (byte) value;
    }

    void putInt(int value) {
        INT.set(bytes, position, value);
        position += 4;
    }

    void putLong(long value) {
        LONG.set(bytes, position, value);
        position += 8;
    }

    void putBytes(byte[] source, int offset, int length) {
        System.arraycopy(source, offset, bytes, position, length);
        position += length;
    }

    void putShortPrefixed(byte[] text) {
        putByte(text.length >>> 8);
        putByte(text.length);
        putBytes(text, 0, text.length);
    }
}
