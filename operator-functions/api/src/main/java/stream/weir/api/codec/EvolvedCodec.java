package stream.weir.api.codec;

/** Reads bytes of an old schema by turning them into bytes of the present one first; writes the present one. */
record EvolvedCodec<T>(Codec<T> present, Evolution.Plan plan) implements Codec<T> {
    @Override
    public void encode(T value, ByteWriter out) {
        present.encode(value, out);
    }

    @Override
    public T decode(ByteReader in) {
        ByteWriter converted = new ByteWriter();
        plan.convert(in, converted);
        ByteReader reader = new ByteReader().wrap(converted.buffer(), 0, converted.size());
        T value = present.decode(reader);
        if (reader.remaining() != 0) {
            throw Encodings.malformed(reader.remaining() + " bytes are left behind a converted value", reader);
        }
        return value;
    }

    @Override
    public Schema schema() {
        return present.schema();
    }

    @Override
    public Codec<T> reading(Schema written) {
        return present.reading(written);
    }
}
