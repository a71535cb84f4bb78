package stream.weir.runtime.state;

import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Codec;

/** Buffers that the states of a step share; each is used within one call of a state only. */
final class Buffers {
    private final ByteReader reader = new ByteReader();
    private final ByteWriter writer = new ByteWriter();
    private final Slice found = new Slice();
    private final Slice encoded = new Slice();

    /** What a table shows its values in. */
    Slice found() {
        return found;
    }

    <T> T decode(Codec<T> codec, Slice value) {
        return codec.decode(reader.wrap(value.array(), value.offset(), value.length()));
    }

    /** The encoding of a value, valid until the next call. */
    <T> Slice encode(Codec<T> codec, T value) {
        writer.reset();
        codec.encode(value, writer);
        return encoded.set(writer.buffer(), 0, writer.size());
    }
}
