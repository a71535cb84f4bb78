package stream.weir.protocol.control.wire;

import java.util.zip.CRC32C;
import stream.weir.protocol.bytes.ByteInput;
import stream.weir.protocol.bytes.ByteOutput;
import stream.weir.protocol.control.FromInstance;
import stream.weir.protocol.control.ToInstance;
import stream.weir.protocol.control.wire.ControlFormatException.Reason;

/**
 * The bytes of a control message, {@linkplain #VERSION version} 1. Numbers are big-endian, texts are UTF-8 after a four-byte length,
 * lists come after a four-byte count, maps are lists with ascending keys, and what may be missing comes after a byte that is 0 or 1.
 *
 * <pre>
 * bytes  field
 *     1  type: to a process 1 lead, 2 assign, 3 routes, 4 tell, 5 release, 6 leave, 7 prepare;
 *        from a process 65 holding, 66 report, 67 not opened, 68 departing, 69 progress, 70 prepared
 *     n  fields, in the order of the record's components
 *     4  CRC32C of everything before it
 * </pre>
 *
 * How long a message is, the connection says. Nothing is allocated for a length or count that the bytes do not bear out.
 */
public final class ControlCodec {
    /** Of what this codec writes, for the handshake; the only one that it reads. */
    public static final int VERSION = 1;

    /** Largest message unless {@code control.maxBytes} says otherwise: 16 MiB; the Memory backend's 5 MiB fit in. */
    public static final int DEFAULT_MAX_BYTES = 16 << 20;

    private static final int CHECKSUM_BYTES = 4;
    private static final int SHORTEST = 1 + CHECKSUM_BYTES;
    private static final int USUAL_BYTES = 256;

    private final int maxBytes;

    /**
     * @param maxBytes {@code control.maxBytes}: larger messages are neither written nor read
     */
    public ControlCodec(int maxBytes) {
        if (maxBytes < SHORTEST) {
            throw new IllegalArgumentException("control.maxBytes is " + maxBytes + ": no message is shorter than "
                    + SHORTEST + " bytes; the default is " + DEFAULT_MAX_BYTES);
        }
        this.maxBytes = maxBytes;
    }

    /** A codec for messages of up to {@link #DEFAULT_MAX_BYTES}. */
    public static ControlCodec withDefaults() {
        return new ControlCodec(DEFAULT_MAX_BYTES);
    }

    /** The largest message that is written or read, in bytes. */
    public int maxBytes() {
        return maxBytes;
    }

    /**
     * @throws ControlFormatException with {@code BAD_LENGTH} when it would be longer than {@code control.maxBytes}
     */
    public byte[] encode(ToInstance message) {
        ByteOutput out = new ByteOutput(USUAL_BYTES);
        ToInstanceWire.write(out, message);
        return sealed(out, message.getClass());
    }

    /**
     * @throws ControlFormatException with {@code BAD_LENGTH} when it would be longer than {@code control.maxBytes}
     */
    public byte[] encode(FromInstance message) {
        ByteOutput out = new ByteOutput(USUAL_BYTES);
        FromInstanceWire.write(out, message);
        return sealed(out, message.getClass());
    }

    /**
     * @throws ControlFormatException when the bytes are not exactly one valid message to a process
     */
    public ToInstance decodeToInstance(byte[] bytes) {
        return decode(bytes, ToInstanceWire::read);
    }

    /**
     * @throws ControlFormatException when the bytes are not exactly one valid message from a process
     */
    public FromInstance decodeFromInstance(byte[] bytes) {
        return decode(bytes, FromInstanceWire::read);
    }

    private byte[] sealed(ByteOutput out, Class<?> message) {
        long length = (long) out.length() + CHECKSUM_BYTES;
        if (length > maxBytes) {
            throw new ControlFormatException(
                    Reason.BAD_LENGTH,
                    "a message " + message.getSimpleName() + " of " + length + " bytes; control.maxBytes allows "
                            + maxBytes + ": raise it in all processes, or use state.backend Filesystem or RocksDB");
        }
        out.putInt(checksum(out.bytes(), out.length()));
        return out.bytes();
    }

    private <T> T decode(byte[] bytes, ByteInput.Reader<T> reader) {
        if (bytes.length < SHORTEST || bytes.length > maxBytes) {
            throw new ControlFormatException(
                    Reason.BAD_LENGTH,
                    "a message of " + bytes.length + " bytes; it has from " + SHORTEST + " to " + maxBytes
                            + " bytes (control.maxBytes)");
        }
        int covered = bytes.length - CHECKSUM_BYTES;
        verifyChecksum(bytes, covered);
        ByteInput in = input(bytes, 0, covered);
        try {
            T message = reader.read(in);
            in.expectEnd();
            return message;
        } catch (IllegalArgumentException e) {
            throw new ControlFormatException(Reason.MALFORMED, String.valueOf(e.getMessage()), e);
        }
    }

    private static void verifyChecksum(byte[] bytes, int covered) {
        int found = input(bytes, covered, CHECKSUM_BYTES).takeInt("checksum");
        int computed = checksum(bytes, covered);
        if (found != computed) {
            throw new ControlFormatException(
                    Reason.BAD_CHECKSUM,
                    "CRC32C of %d bytes is 0x%08x, the message says 0x%08x: it was damaged on its way"
                            .formatted(covered, computed, found));
        }
    }

    private static ByteInput input(byte[] bytes, int offset, int length) {
        return new ByteInput(bytes, offset, length, message -> new ControlFormatException(Reason.MALFORMED, message));
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    static ControlFormatException unknownType(int type, String expected) {
        return new ControlFormatException(
                Reason.UNKNOWN_TYPE, "found type " + type + ", where version " + VERSION + " has " + expected);
    }
}
