package stream.weir.protocol.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import stream.weir.protocol.frame.Frame.Records;
import stream.weir.protocol.frame.FrameFormatException.Reason;

/** Reads the fields of a frame; none beyond the end that it was given. */
final class FrameInput {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private final int end;
    private int position;

    FrameInput(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.position = offset;
        this.end = offset + length;
    }

    void skip(int count) {
        position += count;
    }

    int takeByte(String field) {
        return bytes[advance(1, field)] & 0xFF;
    }

    int takeInt(String field) {
        return (int) INT.get(bytes, advance(4, field));
    }

    long takeLong(String field) {
        return (long) LONG.get(bytes, advance(8, field));
    }

    int takeNotNegativeInt(String field) {
        return (int) notNegative(takeInt(field), field);
    }

    long takeNotNegativeLong(String field) {
        return notNegative(takeLong(field), field);
    }

    String takeString(String field) {
        int length = takeByte(field) << 8 | takeByte(field);
        String text = new String(bytes, advance(length, field), length, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0) {
            throw new FrameFormatException(Reason.MALFORMED, field + " is not valid UTF-8: " + text);
        }
        return text;
    }

    /** All that is left, as a slice. */
    Records takeRecords() {
        int count = takeInt("count");
        if (count < 1) {
            throw new FrameFormatException(Reason.MALFORMED, "count is " + count + ": a frame has at least one record");
        }
        int length = end - position;
        return new Records(bytes, advance(length, "records"), length, count);
    }

    void expectEnd() {
        if (position != end) {
            throw new FrameFormatException(
                    Reason.MALFORMED, (end - position) + " bytes are left over between payload and checksum");
        }
    }

    private int advance(int count, String field) {
        if (count > end - position) {
            throw new FrameFormatException(
                    Reason.MALFORMED, field + " needs " + count + " bytes, " + (end - position) + " are left");
        }
        int at = position;
        position += count;
        return at;
    }

    private static long notNegative(long value, String field) {
        if (value < 0) {
            throw new FrameFormatException(Reason.MALFORMED, field + " is " + value + ": it is never negative");
        }
        return value;
    }
}
