package stream.weir.network.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import stream.weir.protocol.control.Address;
import stream.weir.protocol.frame.FrameFormatException;
import stream.weir.protocol.frame.FrameFormatException.Reason;
import stream.weir.protocol.frame.Link;

/** Reads the fields of a packet; none beyond its end, and no length is believed before it is checked. */
final class PacketInput {
    private final ByteBuffer in;

    PacketInput(ByteBuffer in) {
        this.in = in;
    }

    void skip(int count) {
        in.position(in.position() + count);
    }

    int takeByte(String field) {
        return require(1, field).get() & 0xFF;
    }

    boolean takeFlag(String field) {
        int value = takeByte(field);
        if (value > 1) {
            throw malformed(field + " is " + value + ": it is 0 or 1");
        }
        return value == 1;
    }

    int takeNotNegativeInt(String field) {
        int value = require(Integer.BYTES, field).getInt();
        if (value < 0) {
            throw malformed(field + " is " + value + ": it is never negative");
        }
        return value;
    }

    long takeNotNegativeLong(String field) {
        long value = require(Long.BYTES, field).getLong();
        if (value < 0) {
            throw malformed(field + " is " + value + ": it is never negative");
        }
        return value;
    }

    String takeText(String field) {
        int length = require(Short.BYTES, field).getShort() & 0xFFFF;
        require(length, field);
        ByteBuffer text = in.slice(in.position(), length);
        skip(length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
        } catch (CharacterCodingException e) {
            FrameFormatException malformed = malformed(field + " is not valid UTF-8");
            malformed.initCause(e);
            throw malformed;
        }
    }

    Link takeLink() {
        return new Link(
                takeText("link.from"),
                takeNotNegativeInt("link.fromReplica"),
                takeText("link.output"),
                takeText("link.to"),
                takeNotNegativeInt("link.toReplica"));
    }

    Address takeAddress() {
        String host = takeText("host");
        int port = takeNotNegativeInt("port");
        try {
            return new Address(host, port);
        } catch (IllegalArgumentException e) {
            FrameFormatException malformed = malformed("no such address");
            malformed.initCause(e);
            throw malformed;
        }
    }

    byte[] takeRest() {
        byte[] rest = new byte[in.remaining()];
        in.get(rest);
        return rest;
    }

    void expectEnd() {
        if (in.hasRemaining()) {
            throw malformed(in.remaining() + " bytes are left over between content and checksum");
        }
    }

    private ByteBuffer require(int bytes, String field) {
        if (in.remaining() < bytes) {
            throw malformed(field + " needs " + bytes + " bytes, " + in.remaining() + " are left");
        }
        return in;
    }

    private static FrameFormatException malformed(String what) {
        return new FrameFormatException(Reason.MALFORMED, what);
    }
}
