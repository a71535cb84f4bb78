package stream.weir.api.codec;

import java.util.UUID;

/** Characters, strings, bytes and identifiers. */
final class TextCodecs {
    private TextCodecs() {}

    static final class OfChar extends PrimitiveCodec<Character> {
        OfChar() {
            super(Schema.Primitive.CHAR);
        }

        @Override
        public void encode(Character value, ByteWriter out) {
            Encodings.writeChar(value, out);
        }

        @Override
        public Character decode(ByteReader in) {
            return Encodings.readChar(in);
        }
    }

    static final class OfString extends PrimitiveCodec<String> {
        OfString() {
            super(Schema.Primitive.STRING);
        }

        @Override
        public void encode(String value, ByteWriter out) {
            out.writeString(value);
        }

        @Override
        public String decode(ByteReader in) {
            return in.readString();
        }
    }

    static final class OfBytes extends PrimitiveCodec<Bytes> {
        OfBytes() {
            super(Schema.Primitive.BYTES);
        }

        @Override
        public void encode(Bytes value, ByteWriter out) {
            Encodings.writeBytes(value, out);
        }

        @Override
        public Bytes decode(ByteReader in) {
            return Encodings.readBytes(in);
        }
    }

    static final class OfByteArray extends PrimitiveCodec<byte[]> {
        OfByteArray() {
            super(Schema.Primitive.BYTES);
        }

        @Override
        public void encode(byte[] value, ByteWriter out) {
            Encodings.writeByteArray(value, out);
        }

        @Override
        public byte[] decode(ByteReader in) {
            return Encodings.readByteArray(in);
        }
    }

    static final class OfUuid extends PrimitiveCodec<UUID> {
        OfUuid() {
            super(Schema.Primitive.UUID);
        }

        @Override
        public void encode(UUID value, ByteWriter out) {
            Encodings.writeUuid(value, out);
        }

        @Override
        public UUID decode(ByteReader in) {
            return Encodings.readUuid(in);
        }
    }
}
