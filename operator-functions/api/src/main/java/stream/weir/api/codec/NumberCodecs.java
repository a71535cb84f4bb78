package stream.weir.api.codec;

import java.math.BigDecimal;

/** Booleans and numbers. */
final class NumberCodecs {
    private NumberCodecs() {}

    static final class OfBoolean extends PrimitiveCodec<Boolean> {
        OfBoolean() {
            super(Schema.Primitive.BOOL);
        }

        @Override
        public void encode(Boolean value, ByteWriter out) {
            out.writeBoolean(value);
        }

        @Override
        public Boolean decode(ByteReader in) {
            return in.readBoolean();
        }
    }

    static final class OfByte extends PrimitiveCodec<Byte> {
        OfByte() {
            super(Schema.Primitive.INT8);
        }

        @Override
        public void encode(Byte value, ByteWriter out) {
            out.writeByte(value);
        }

        @Override
        public Byte decode(ByteReader in) {
            return in.readByte();
        }
    }

    static final class OfShort extends PrimitiveCodec<Short> {
        OfShort() {
            super(Schema.Primitive.INT16);
        }

        @Override
        public void encode(Short value, ByteWriter out) {
            out.writeShort(value);
        }

        @Override
        public Short decode(ByteReader in) {
            return in.readShort();
        }
    }

    static final class OfInt extends PrimitiveCodec<Integer> {
        OfInt() {
            super(Schema.Primitive.INT32);
        }

        @Override
        public void encode(Integer value, ByteWriter out) {
            out.writeInt(value);
        }

        @Override
        public Integer decode(ByteReader in) {
            return in.readInt();
        }
    }

    static final class OfLong extends PrimitiveCodec<Long> {
        OfLong() {
            super(Schema.Primitive.INT64);
        }

        @Override
        public void encode(Long value, ByteWriter out) {
            out.writeLong(value);
        }

        @Override
        public Long decode(ByteReader in) {
            return in.readLong();
        }
    }

    static final class OfFloat extends PrimitiveCodec<Float> {
        OfFloat() {
            super(Schema.Primitive.FLOAT);
        }

        @Override
        public void encode(Float value, ByteWriter out) {
            out.writeFloat(value);
        }

        @Override
        public Float decode(ByteReader in) {
            return in.readFloat();
        }
    }

    static final class OfDouble extends PrimitiveCodec<Double> {
        OfDouble() {
            super(Schema.Primitive.DOUBLE);
        }

        @Override
        public void encode(Double value, ByteWriter out) {
            out.writeDouble(value);
        }

        @Override
        public Double decode(ByteReader in) {
            return in.readDouble();
        }
    }

    static final class OfDecimal extends PrimitiveCodec<BigDecimal> {
        OfDecimal() {
            super(Schema.Primitive.DECIMAL);
        }

        @Override
        public void encode(BigDecimal value, ByteWriter out) {
            Encodings.writeDecimal(value, out);
        }

        @Override
        public BigDecimal decode(ByteReader in) {
            return Encodings.readDecimal(in);
        }
    }
}
