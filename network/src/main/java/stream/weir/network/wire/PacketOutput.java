package stream.weir.network.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import stream.weir.protocol.control.Address;
import stream.weir.protocol.frame.FrameFormatException;
import stream.weir.protocol.frame.FrameFormatException.Reason;

/** Collects the bytes of a packet; its length and checksum are filled in at last. */
final class PacketOutput {
    private static final int LONGEST_TEXT = 0xFFFF;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final int magic;
    private final int version;

    PacketOutput(int magic, int version) {
        this.magic = magic;
        this.version = version;
    }

    PacketOutput type(int type) {
        return putInt(0).putInt(magic).putByte(version).putByte(type);
    }

    PacketOutput putByte(int value) {
        bytes.write(value);
        return this;
    }

    PacketOutput putInt(int value) {
        return putBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }

    PacketOutput putLong(long value) {
        return putBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    PacketOutput putBytes(byte[] value) {
        bytes.write(value, 0, value.length);
        return this;
    }

    PacketOutput putText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > LONGEST_TEXT) {
            throw new FrameFormatException(
                    Reason.BAD_LENGTH,
                    "a text of " + utf8.length + " bytes, a packet has room for " + LONGEST_TEXT + ": "
                            + text.substring(0, 40) + "...");
        }
        return putByte(utf8.length >>> 8).putByte(utf8.length).putBytes(utf8);
    }

    PacketOutput putAddress(Address address) {
        return putText(address.host()).putInt(address.port());
    }

    byte[] finish() {
        putInt(0);
        byte[] packet = bytes.toByteArray();
        ByteBuffer.wrap(packet).putInt(packet.length);
        int covered = packet.length - Integer.BYTES;
        ByteBuffer.wrap(packet).putInt(covered, PacketCodec.checksum(packet, covered));
        return packet;
    }
}
