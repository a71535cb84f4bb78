package stream.weir.protocol.frame;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.zip.CRC32C;
import stream.weir.protocol.bytes.ByteInput;
import stream.weir.protocol.bytes.ByteOutput;
import stream.weir.protocol.bytes.Codes;
import stream.weir.protocol.frame.Frame.Barrier;
import stream.weir.protocol.frame.Frame.Cancel;
import stream.weir.protocol.frame.Frame.Content;
import stream.weir.protocol.frame.Frame.End;
import stream.weir.protocol.frame.Frame.Idle;
import stream.weir.protocol.frame.Frame.Records;
import stream.weir.protocol.frame.Frame.Watermark;
import stream.weir.protocol.frame.FrameFormatException.Reason;

/**
 * The bytes of a frame, version 1. Numbers are big-endian, strings are UTF-8 after a two-byte length.
 *
 * <pre>
 * bytes  field
 *     4  length of the whole frame, these four bytes and the checksum included
 *     4  magic "WEIR"
 *     1  version
 *     1  type: 1 records, 2 barrier, 3 cancel, 4 watermark, 5 idle, 6 end
 *   2+n  pipeline
 *     8  run, not negative
 *   2+n  link: stage that writes
 *     4  ... its replica, not negative
 *   2+n  ... its output, empty for the main one
 *   2+n  ... stage that reads
 *     4  ... its replica, not negative
 *     8  sequence, not negative
 *     n  payload: records: count (4, at least 1) and their bytes; barrier: checkpoint (8) and kind (1); cancel: checkpoint (8)
 *        and reason (1); watermark: timestamp (8); idle and end: nothing
 *     4  CRC32C of everything before it
 * </pre>
 *
 * No length is trusted before it is checked against {@code frame.maxBytes} and against the bytes that are there. Immutable
 * and thread-safe.
 */
public final class FrameCodec {
    /** What this codec writes, and the only one that it reads. */
    public static final int VERSION = 1;

    /** Largest frame unless {@code frame.maxBytes} says otherwise: 64 MiB. */
    public static final int DEFAULT_MAX_FRAME_BYTES = 64 << 20;

    /** As many bytes of a frame as {@link #frameLength} has to see. */
    public static final int PREFIX_BYTES = 10;

    private static final int MAGIC = 0x57454952; // "WEIR"
    private static final int CHECKSUM_BYTES = 4;
    private static final int FIXED_BYTES = PREFIX_BYTES + 4 * 2 + 8 + 2 * 4 + 8 + CHECKSUM_BYTES;

    /** Of a barrier; that of records is not fixed, but for their count. */
    private static final int LONGEST_FIXED_PAYLOAD = 9;

    private final int maxFrameBytes;

    /**
     * @param maxFrameBytes {@code frame.maxBytes}: larger frames are neither written nor read
     */
    public FrameCodec(int maxFrameBytes) {
        if (maxFrameBytes < FIXED_BYTES) {
            throw new IllegalArgumentException("frame.maxBytes is " + maxFrameBytes + ": no frame is shorter than "
                    + FIXED_BYTES + " bytes; the default is " + DEFAULT_MAX_FRAME_BYTES);
        }
        this.maxFrameBytes = maxFrameBytes;
    }

    /** A codec for frames of up to {@link #DEFAULT_MAX_FRAME_BYTES}. */
    public static FrameCodec withDefaults() {
        return new FrameCodec(DEFAULT_MAX_FRAME_BYTES);
    }

    /** The largest frame that is written or read, in bytes. */
    public int maxFrameBytes() {
        return maxFrameBytes;
    }

    /**
     * The frame's bytes, in an array of their length.
     *
     * @throws FrameFormatException with {@code BAD_LENGTH} when it would be longer than {@code frame.maxBytes}
     */
    public byte[] encode(Frame frame) {
        ByteBuffer bytes = ByteBuffer.allocate(encodedLength(frame));
        encode(frame, bytes);
        return bytes.array();
    }

    /**
     * How many bytes {@link #encode(Frame, ByteBuffer)} puts.
     *
     * @throws FrameFormatException with {@code BAD_LENGTH} when there would be more than {@code frame.maxBytes}
     */
    public int encodedLength(Frame frame) {
        return encodedLength(frame, FrameNames.of(frame));
    }

    /**
     * Puts the frame's bytes where they are to go, so that records are copied once; {@link #encodedLength} says how much room is
     * needed.
     */
    public void encode(Frame frame, ByteBuffer target) {
        FrameNames names = FrameNames.of(frame);
        int length = encodedLength(frame, names);
        ByteOutput out = new ByteOutput(FIXED_BYTES - CHECKSUM_BYTES + names.length() + LONGEST_FIXED_PAYLOAD);
        out.putInt(length);
        out.putInt(MAGIC);
        out.putByte(VERSION);
        out.putByte(WireCodes.of(frame.content()));
        writeHeader(frame, names, out);
        writePayload(frame.content(), out);
        byte[] head = out.bytes();
        CRC32C crc = new CRC32C();
        put(head, 0, head.length, target, crc);
        if (frame.content() instanceof Records records) {
            put(records.bytes(), records.offset(), records.length(), target, crc);
        }
        target.putInt((int) crc.getValue());
    }

    /**
     * How long the frame is that begins at {@code offset}, checksum and all: so many bytes have to be there for {@link
     * #decode}. Looks at {@link #PREFIX_BYTES} bytes.
     *
     * @throws FrameFormatException when no frame can begin like this, with {@code BAD_MAGIC}, {@code UNKNOWN_VERSION} or {@code
     *     BAD_LENGTH}
     */
    public int frameLength(byte[] bytes, int offset) {
        Objects.checkFromIndexSize(offset, PREFIX_BYTES, bytes.length);
        ByteInput in = input(bytes, offset, PREFIX_BYTES);
        int length = in.takeInt("length");
        int magic = in.takeInt("magic");
        if (magic != MAGIC) {
            throw new FrameFormatException(
                    Reason.BAD_MAGIC,
                    "expected " + hex(MAGIC) + " (\"WEIR\") after the length, found " + hex(magic)
                            + ": the other side is not a Weir process, or the position is not a frame's begin");
        }
        int version = in.takeByte("version");
        if (version != VERSION) {
            throw new FrameFormatException(
                    Reason.UNKNOWN_VERSION,
                    "found version " + version + ", this process speaks version " + VERSION
                            + " only: run the same release on both sides");
        }
        if (length < FIXED_BYTES || length > maxFrameBytes) {
            throw new FrameFormatException(
                    Reason.BAD_LENGTH,
                    "a frame of " + Integer.toUnsignedString(length) + " bytes is announced; it is from " + FIXED_BYTES
                            + " to " + maxFrameBytes + " bytes (frame.maxBytes)");
        }
        return length;
    }

    /**
     * The frame that fills exactly {@code length} bytes from {@code offset} on. Its records stay where they are: they are a
     * slice of {@code bytes}, which must not be changed as long as the frame is used.
     *
     * @throws FrameFormatException when the bytes are not exactly one valid frame
     */
    public Frame decode(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length < FIXED_BYTES) {
            throw new FrameFormatException(
                    Reason.BAD_LENGTH, length + " bytes are no frame; the shortest has " + FIXED_BYTES);
        }
        int announced = frameLength(bytes, offset);
        if (announced != length) {
            throw new FrameFormatException(
                    Reason.BAD_LENGTH,
                    "a frame of " + announced + " bytes is announced, " + length + " bytes are there");
        }
        verifyChecksum(bytes, offset, length - CHECKSUM_BYTES);
        ByteInput in = input(bytes, offset, length - CHECKSUM_BYTES);
        in.skip(PREFIX_BYTES - 1, "prefix");
        return readFrame(bytes, in.takeByte("type"), in);
    }

    private static void writeHeader(Frame frame, FrameNames names, ByteOutput out) {
        Link link = frame.link();
        out.putShortPrefixed(names.pipeline());
        out.putLong(frame.run());
        out.putShortPrefixed(names.from());
        out.putInt(link.fromReplica());
        out.putShortPrefixed(names.output());
        out.putShortPrefixed(names.to());
        out.putInt(link.toReplica());
        out.putLong(frame.sequence());
    }

    private int encodedLength(Frame frame, FrameNames names) {
        long length = (long) FIXED_BYTES + names.length() + payloadLength(frame.content());
        if (length > maxFrameBytes) {
            throw new FrameFormatException(
                    Reason.BAD_LENGTH,
                    "frame " + frame.sequence() + " of " + frame.link() + " has " + length
                            + " bytes; frame.maxBytes allows " + maxFrameBytes
                            + ": raise it in all stages, or make the records smaller");
        }
        return (int) length;
    }

    private static void put(byte[] bytes, int offset, int length, ByteBuffer target, CRC32C crc) {
        crc.update(bytes, offset, length);
        target.put(bytes, offset, length);
    }

    private static int payloadLength(Content content) {
        return switch (content) {
            case Records records -> Math.addExact(4, records.length());
            case Barrier _, Cancel _ -> 9;
            case Watermark _ -> 8;
            case Idle _, End _ -> 0;
        };
    }

    private static void writePayload(Content content, ByteOutput out) {
        switch (content) {
            case Records records -> out.putInt(records.count()); // Their bytes follow.
            case Barrier barrier -> {
                out.putLong(barrier.checkpoint());
                out.putCode(Codes.KINDS, barrier.kind());
            }
            case Cancel cancel -> {
                out.putLong(cancel.checkpoint());
                out.putCode(Codes.FAILURES, cancel.reason());
            }
            case Watermark watermark -> out.putLong(watermark.timestamp());
            case Idle _, End _ -> {}
        }
    }

    private static Frame readFrame(byte[] bytes, int type, ByteInput in) {
        WireCodes.checkContent(type);
        String pipeline = in.takeName("pipeline");
        long run = in.takeNotNegativeLong("run");
        String from = in.takeName("link.from");
        int fromReplica = in.takeNotNegativeInt("link.fromReplica");
        String output = in.takeName("link.output");
        String to = in.takeName("link.to");
        int toReplica = in.takeNotNegativeInt("link.toReplica");
        long sequence = in.takeNotNegativeLong("sequence");
        Content content = readPayload(type, bytes, in);
        in.expectEnd();
        return new Frame(pipeline, run, new Link(from, fromReplica, output, to, toReplica), sequence, content);
    }

    private static Content readPayload(int type, byte[] bytes, ByteInput in) {
        return switch (type) {
            case WireCodes.RECORDS -> readRecords(bytes, in);
            case WireCodes.BARRIER ->
                new Barrier(in.takeNotNegativeLong("checkpoint"), in.takeCode(Codes.KINDS, "kind"));
            case WireCodes.CANCEL ->
                new Cancel(in.takeNotNegativeLong("checkpoint"), in.takeCode(Codes.FAILURES, "reason"));
            case WireCodes.WATERMARK -> new Watermark(in.takeLong("timestamp"));
            case WireCodes.IDLE -> new Idle();
            case WireCodes.END -> new End();
            default -> throw WireCodes.unknownContent(type);
        };
    }

    /** All that is left, as a slice. */
    private static Records readRecords(byte[] bytes, ByteInput in) {
        int count = in.takeInt("count");
        if (count < 1) {
            throw in.malformed("count is " + count + ": a frame has at least one record");
        }
        int length = in.remaining();
        return new Records(bytes, in.skip(length, "records"), length, count);
    }

    private static ByteInput input(byte[] bytes, int offset, int length) {
        return new ByteInput(bytes, offset, length, message -> new FrameFormatException(Reason.MALFORMED, message));
    }

    private static void verifyChecksum(byte[] bytes, int offset, int covered) {
        int found = input(bytes, offset + covered, CHECKSUM_BYTES).takeInt("checksum");
        int computed = checksum(bytes, offset, covered);
        if (found != computed) {
            throw new FrameFormatException(
                    Reason.BAD_CHECKSUM,
                    "CRC32C of " + covered + " bytes is " + hex(computed) + ", the frame says " + hex(found)
                            + ": it was damaged on its way");
        }
    }

    private static int checksum(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    private static String hex(int value) {
        return "0x%08x".formatted(value);
    }
}
