package stream.weir.api.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing buffer of bytes with the primitive encodings that all codecs are made of. Fixed-width numbers are big-endian;
 * variable-length integers are LEB128, seven bits a byte, low bits first. Not thread-safe; made to be {@link #reset() reused}.
 */
public final class ByteWriter {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    private byte[] buffer;
    private int size;

    /** A writer with room for 256 bytes before it first grows. */
    public ByteWriter() {
        this(256);
    }

    /** @param capacity bytes it holds before it first grows, at least 1 */
    public ByteWriter(int capacity) {
        this.buffer = new byte[Math.max(1, capacity)];
    }

    /** Forgets what was written; keeps the memory. */
    public void reset() {
        size = 0;
    }

    /** Takes back everything written after {@code size} bytes. */
    public void truncate(int size) {
        if (size < 0 || size > this.size) {
            throw new IllegalArgumentException("cannot truncate " + this.size + " bytes to " + size);
        }
        this.size = size;
    }

    /** Bytes written so far. */
    public int size() {
        return size;
    }

    /** The array behind this writer; its first {@link #size()} bytes are valid until the next write or reset. */
    public byte[] buffer() {
        return buffer;
    }

    /** A copy of what was written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(buffer, size);
    }

    public void writeByte(int value) {
        ensure(1);
        buffer[size++] = (byte) value;
    }

    public void writeBoolean(boolean value) {
        writeByte(value ? 1 : 0);
    }

    public void writeShort(int value) {
        ensure(2);
        SHORT.set(buffer, size, (short) value);
        size += 2;
    }

    public void writeInt(int value) {
        ensure(4);
        INT.set(buffer, size, value);
        size += 4;
    }

    public void writeLong(long value) {
        ensure(8);
        LONG.set(buffer, size, value);
        size += 8;
    }

    public void writeFloat(float value) {
        writeInt(Float.floatToIntBits(value));
    }

    public void writeDouble(double value) {
        writeLong(Double.doubleToLongBits(value));
    }

    /** Unsigned LEB128 of the 32 bits of {@code value}: 1 byte below 128, 5 bytes at most. */
    public void writeVarInt(int value) {
        ensure(5);
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            buffer[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[size++] = (byte) rest;
    }

    /** Unsigned LEB128 of the 64 bits of {@code value}: 10 bytes at most. */
    public void writeVarLong(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            buffer[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[size++] = (byte) rest;
    }

    /** LEB128 after zigzag, so that small negative numbers are short as well. */
    public void writeZigZagLong(long value) {
        writeVarLong((value << 1) ^ (value >> 63));
    }

    /** The bytes alone, without their length. */
    public void writeBytes(byte[] source, int offset, int length) {
        ensure(length);
        System.arraycopy(source, offset, buffer, size, length);
        size += length;
    }

    /** The length as {@link #writeVarInt}, then the bytes. */
    public void writeLengthPrefixed(byte[] source, int offset, int length) {
        writeVarInt(length);
        writeBytes(source, offset, length);
    }

    /** The UTF-8 length as {@link #writeVarInt}, then the UTF-8 bytes. Unpaired surrogates become {@code ?}. */
    public void writeString(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        writeLengthPrefixed(utf8, 0, utf8.length);
    }

    private void ensure(int more) {
        if (buffer.length - size < more) {
            grow(more);
        }
    }

    private void grow(int more) {
        long needed = (long) size + more;
        if (needed > MAX_ARRAY) {
            throw new IllegalStateException(
                    "a value of " + needed + " bytes is larger than a buffer can hold (" + MAX_ARRAY + ")");
        }
        buffer = Arrays.copyOf(buffer, (int) Math.min(MAX_ARRAY, Math.max(needed, buffer.length * 2L)));
    }
}
