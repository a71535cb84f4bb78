package stream.weir.network.wire;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;
import stream.weir.protocol.control.Address;
import stream.weir.protocol.frame.FrameFormatException;
import stream.weir.protocol.frame.FrameFormatException.Reason;
import stream.weir.protocol.frame.Link;

/**
 * The bytes of a packet, version 1. Numbers are big-endian, strings are UTF-8 after a two-byte length.
 *
 * <pre>
 * bytes  field
 *     4  length of the whole packet, these four bytes and the checksum included
 *     4  magic "WEIM"
 *     1  version
 *     1  type
 *     n  content, by type:
 *          1 hello, data     pipeline, run (8), link: stage that writes, its replica (4), its output, stage that reads, its
 *                            replica (4); sender
 *          2 hello, control  pipeline, instance, stage, revision, host, port (4)
 *          3 welcome, data   next sequence (8), credit in bytes (8), receiver
 *          4 welcome, control
 *          5 refusal         code (1), text, 0 (1) or 1 (1) and host, port (4) of who to try
 *         16 credit          up to which sequence (8)
 *         17 payload         all that is left
 *         18 ping
 *         19 pong
 *         20 bye             0 (1), or 1 (1) and the error
 *         21 last
 *     4  CRC32C of everything before it
 * </pre>
 *
 * The first ten bytes and the refusal are the same in all versions. Immutable and thread-safe.
 */
public final class PacketCodec {
    /** What this codec writes, and the only one that it reads. */
    public static final int VERSION = 1;

    /** As many bytes of a packet as {@link #packetLength} has to see; as many as of a frame. */
    public static final int PREFIX_BYTES = 10;

    /** No packet of a handshake is longer: 16 KiB. */
    public static final int MAX_HANDSHAKE_BYTES = 16 << 10;

    /** What a packet has beside its content. */
    public static final int OVERHEAD_BYTES = PREFIX_BYTES + Integer.BYTES;

    private static final int MAGIC = 0x5745494D; // "WEIM"

    private PacketCodec() {}

    /** Whether a packet begins here, rather than a frame or anything else. Looks at {@link #PREFIX_BYTES} bytes. */
    public static boolean isPacket(byte[] prefix) {
        return ByteBuffer.wrap(prefix).getInt(Integer.BYTES) == MAGIC;
    }

    /**
     * How long the packet is that begins like this, checksum and all.
     *
     * @param prefix {@link #PREFIX_BYTES} bytes
     * @param maxBytes no packet that is read here is longer
     * @throws FrameFormatException with {@code BAD_MAGIC}, {@code UNKNOWN_VERSION} or {@code BAD_LENGTH}
     */
    public static int packetLength(byte[] prefix, int maxBytes) {
        ByteBuffer in = ByteBuffer.wrap(prefix);
        int length = in.getInt();
        if (in.getInt() != MAGIC) {
            throw new FrameFormatException(Reason.BAD_MAGIC, Intruder.describe(prefix));
        }
        int version = in.get() & 0xFF;
        if (version != VERSION) {
            throw new FrameFormatException(
                    Reason.UNKNOWN_VERSION,
                    "found version " + version + ", this process speaks version " + VERSION
                            + " only: run the same release on both sides");
        }
        if (length < OVERHEAD_BYTES || length > maxBytes) {
            throw new FrameFormatException(
                    Reason.BAD_LENGTH,
                    "a packet of " + Integer.toUnsignedString(length) + " bytes is announced; here it is from "
                            + OVERHEAD_BYTES + " to " + maxBytes + " bytes");
        }
        return length;
    }

    /** The packet's bytes, in an array of their length. */
    public static byte[] encode(Packet packet) {
        PacketOutput out = new PacketOutput(MAGIC, VERSION);
        switch (packet) {
            case Hello hello -> encodeHello(hello, out);
            case Answer answer -> encodeAnswer(answer, out);
            case Packet.Credit credit -> out.type(PacketTypes.CREDIT).putLong(credit.upTo());
            case Packet.Payload payload -> out.type(PacketTypes.PAYLOAD).putBytes(payload.bytes());
            case Packet.Last() -> out.type(PacketTypes.LAST);
            case Packet.Ping() -> out.type(PacketTypes.PING);
            case Packet.Pong() -> out.type(PacketTypes.PONG);
            case Packet.Bye bye -> {
                out.type(PacketTypes.BYE).putByte(bye.error().isPresent() ? 1 : 0);
                bye.error().ifPresent(out::putText);
            }
        }
        return out.finish();
    }

    /**
     * The packet that fills the array exactly.
     *
     * @throws FrameFormatException when the bytes are not exactly one valid packet
     */
    public static Packet decode(byte[] bytes) {
        int announced = packetLength(bytes, bytes.length);
        if (announced != bytes.length) {
            throw new FrameFormatException(
                    Reason.BAD_LENGTH,
                    "a packet of " + announced + " bytes is announced, " + bytes.length + " bytes are there");
        }
        verifyChecksum(bytes);
        PacketInput in = new PacketInput(ByteBuffer.wrap(bytes, 0, bytes.length - Integer.BYTES));
        in.skip(PREFIX_BYTES - 1);
        Packet packet = read(in.takeByte("type"), in);
        in.expectEnd();
        return packet;
    }

    static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    private static void encodeHello(Hello hello, PacketOutput out) {
        switch (hello) {
            case Hello.Data(String pipeline, long run, Link link, String sender) -> {
                out.type(PacketTypes.HELLO_DATA).putText(pipeline).putLong(run);
                out.putText(link.from()).putInt(link.fromReplica()).putText(link.output());
                out.putText(link.to()).putInt(link.toReplica()).putText(sender);
            }
            case Hello.Control(String pipeline, String instance, String stage, String revision, Address address) ->
                out.type(PacketTypes.HELLO_CONTROL)
                        .putText(pipeline)
                        .putText(instance)
                        .putText(stage)
                        .putText(revision)
                        .putAddress(address);
        }
    }

    private static void encodeAnswer(Answer answer, PacketOutput out) {
        switch (answer) {
            case Answer.DataWelcome(long next, long creditBytes, String receiver) ->
                out.type(PacketTypes.WELCOME_DATA)
                        .putLong(next)
                        .putLong(creditBytes)
                        .putText(receiver);
            case Answer.ControlWelcome() -> out.type(PacketTypes.WELCOME_CONTROL);
            case Answer.Refusal(RefusalCode code, String text, Optional<Address> instead) -> {
                out.type(PacketTypes.REFUSAL).putByte(code.number()).putText(text);
                out.putByte(instead.isPresent() ? 1 : 0);
                instead.ifPresent(out::putAddress);
            }
        }
    }

    private static Packet read(int type, PacketInput in) {
        return switch (type) {
            case PacketTypes.HELLO_DATA ->
                new Hello.Data(
                        in.takeText("pipeline"), in.takeNotNegativeLong("run"), in.takeLink(), in.takeText("sender"));
            case PacketTypes.HELLO_CONTROL ->
                new Hello.Control(
                        in.takeText("pipeline"),
                        in.takeText("instance"),
                        in.takeText("stage"),
                        in.takeText("revision"),
                        in.takeAddress());
            case PacketTypes.WELCOME_DATA ->
                new Answer.DataWelcome(
                        in.takeNotNegativeLong("next sequence"),
                        in.takeNotNegativeLong("credit"),
                        in.takeText("receiver"));
            case PacketTypes.WELCOME_CONTROL -> new Answer.ControlWelcome();
            case PacketTypes.REFUSAL ->
                new Answer.Refusal(
                        RefusalCode.of(in.takeByte("code")),
                        in.takeText("text"),
                        in.takeFlag("instead") ? Optional.of(in.takeAddress()) : Optional.empty());
            case PacketTypes.CREDIT -> new Packet.Credit(in.takeNotNegativeLong("up to"));
            case PacketTypes.PAYLOAD -> new Packet.Payload(in.takeRest());
            case PacketTypes.LAST -> new Packet.Last();
            case PacketTypes.PING -> new Packet.Ping();
            case PacketTypes.PONG -> new Packet.Pong();
            case PacketTypes.BYE ->
                new Packet.Bye(in.takeFlag("error") ? Optional.of(in.takeText("error")) : Optional.empty());
            default ->
                throw new FrameFormatException(
                        Reason.UNKNOWN_TYPE, "found packet type " + type + ", which version " + VERSION + " has not");
        };
    }

    private static void verifyChecksum(byte[] bytes) {
        int covered = bytes.length - Integer.BYTES;
        int found = ByteBuffer.wrap(bytes).getInt(covered);
        int computed = checksum(bytes, covered);
        if (found != computed) {
            throw new FrameFormatException(
                    Reason.BAD_CHECKSUM,
                    "CRC32C of %d bytes is 0x%08x, the packet says 0x%08x: it was damaged on its way"
                            .formatted(covered, computed, found));
        }
    }
}
