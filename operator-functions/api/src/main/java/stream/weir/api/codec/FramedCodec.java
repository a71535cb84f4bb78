package stream.weir.api.codec;

/**
 * Puts the length before values that only their own codec understands, so that they can be skipped and copied where the type
 * around them changes.
 */
record FramedCodec<T>(Codec<T> of) implements Codec<T> {
    /** The codec as it is used within another type. */
    static <T> Codec<T> within(Codec<T> codec) {
        return codec.schema() instanceof Schema.Opaque ? new FramedCodec<>(codec) : codec;
    }

    @Override
    public void encode(T value, ByteWriter out) {
        ByteWriter own = new ByteWriter();
        of.encode(value, own);
        out.writeLengthPrefixed(own.buffer(), 0, own.size());
    }

    @Override
    public T decode(ByteReader in) {
        int length = in.readLength();
        ByteReader own = new ByteReader().wrap(in.buffer(), in.position(), length);
        T value = of.decode(own);
        if (own.remaining() != 0) {
            throw Encodings.malformed(own.remaining() + " bytes are left behind a value of " + length, own);
        }
        in.skip(length);
        return value;
    }

    @Override
    public Schema schema() {
        return of.schema();
    }

    @Override
    public Codec<T> reading(Schema written) {
        return Evolution.reading(this, written);
    }
}
