package stream.weir.api.codec;

import java.util.Optional;

/** One byte, 1 before a value. */
record OptionalCodec<T>(Codec<T> of) implements Codec<Optional<T>> {
    @Override
    public void encode(Optional<T> value, ByteWriter out) {
        out.writeBoolean(value.isPresent());
        if (value.isPresent()) {
            of.encode(value.get(), out);
        }
    }

    @Override
    public Optional<T> decode(ByteReader in) {
        return in.readBoolean() ? Optional.of(of.decode(in)) : Optional.empty();
    }

    @Override
    public Schema schema() {
        return new Schema.Nullable(of.schema());
    }

    @Override
    public Codec<Optional<T>> reading(Schema written) {
        return Evolution.reading(this, written);
    }
}
