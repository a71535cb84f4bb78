package stream.weir.api.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link ByteWriter} wrote. Every read is checked against the end of the data, and lengths are checked before
 * memory is allocated for them. Not thread-safe; made to be {@link #wrap reused}.
 */
public final class ByteReader {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final byte[] EMPTY = {};
    private static final char REPLACEMENT = '\uFFFD';

    private byte[] buffer = EMPTY;
    private int position;
    private int end;

    /** A reader of nothing; {@link #wrap} gives it data. */
    public ByteReader() {}

    public ByteReader(byte[] data) {
        wrap(data, 0, data.length);
    }

    /** Reads {@code length} bytes of {@code data} from {@code offset} on; the array is not copied. */
    public ByteReader wrap(byte[] data, int offset, int length) {
        if ((offset | length) < 0 || length > data.length - offset) {
            throw new IndexOutOfBoundsException(
                    "offset " + offset + " and length " + length + " do not fit an array of " + data.length + " bytes");
        }
        this.buffer = data;
        this.position = offset;
        this.end = offset + length;
        return this;
    }

    /** The array being read. */
    public byte[] buffer() {
        return buffer;
    }

    /** The index in {@link #buffer()} of the next byte. */
    public int position() {
        return position;
    }

    /** Bytes left. */
    public int remaining() {
        return end - position;
    }

    public void skip(int length) {
        require(length);
        position += length;
    }

    public byte readByte() {
        require(1);
        return buffer[position++];
    }

    public boolean readBoolean() {
        byte value = readByte();
        if ((value & ~1) != 0) {
            throw new MalformedDataException("a boolean is 0 or 1, found " + value + " at byte " + (position - 1));
        }
        return value != 0;
    }

    public short readShort() {
        require(2);
        short value = (short) SHORT.get(buffer, position);
        position += 2;
        return value;
    }

    public int readInt() {
        require(4);
        int value = (int) INT.get(buffer, position);
        position += 4;
        return value;
    }

    public long readLong() {
        require(8);
        long value = (long) LONG.get(buffer, position);
        position += 8;
        return value;
    }

    public float readFloat() {
        return Float.intBitsToFloat(readInt());
    }

    public double readDouble() {
        return Double.longBitsToDouble(readLong());
    }

    public int readVarInt() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            byte next = readByte();
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new MalformedDataException("a variable-length int is longer than 5 bytes at byte " + position);
    }

    public long readVarLong() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            byte next = readByte();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new MalformedDataException("a variable-length long is longer than 10 bytes at byte " + position);
    }

    public long readZigZagLong() {
        long value = readVarLong();
        return (value >>> 1) ^ -(value & 1);
    }

    /** A length as written by {@link ByteWriter#writeVarInt}, checked: never negative, never more than {@link #remaining()}. */
    public int readLength() {
        int length = readVarInt();
        if (length < 0 || length > remaining()) {
            throw new MalformedDataException("a length of " + Integer.toUnsignedString(length)
                    + " bytes is announced at byte " + position + ", but only " + remaining() + " are left");
        }
        return length;
    }

    public byte[] readBytes(int length) {
        require(length);
        byte[] bytes = Arrays.copyOfRange(buffer, position, position + length);
        position += length;
        return bytes;
    }

    public byte[] readLengthPrefixed() {
        return readBytes(readLength());
    }

    /** A string as written by {@link ByteWriter#writeString}; bytes that are not UTF-8 are refused. */
    public String readString() {
        int length = readLength();
        String value = new String(buffer, position, length, StandardCharsets.UTF_8);
        if (value.indexOf(REPLACEMENT) >= 0) {
            requireUtf8(length);
        }
        position += length;
        return value;
    }

    /** Only a string with a replacement character can have been damaged; whether it was is asked of a strict decoder. */
    private void requireUtf8(int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(buffer, position, length));
        } catch (CharacterCodingException e) {
            throw new MalformedDataException(length + " bytes of a string at byte " + position + " are not UTF-8", e);
        }
    }

    private void require(int bytes) {
        if (bytes < 0 || bytes > end - position) {
            throw new MalformedDataException(
                    bytes + " bytes are needed at byte " + position + ", but only " + (end - position) + " are left");
        }
    }
}
