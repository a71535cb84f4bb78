package stream.weir.runtime.function;

import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Codec;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.Slice;

/** A codec with a reader and a writer of its own, so that reading and writing state allocates nothing but the values. */
final class StateCodec<T> {
    private final Codec<T> codec;
    private final ByteReader reader = new ByteReader();
    private final ByteWriter writer = new ByteWriter();

    StateCodec(Codec<T> codec) {
        this.codec = codec;
    }

    T decode(Slice bytes) {
        return decode(bytes.array(), bytes.offset(), bytes.length());
    }

    T decode(Key key) {
        return decode(key.array(), key.offset(), key.length());
    }

    T decode(byte[] array, int offset, int length) {
        return codec.decode(reader.wrap(array, offset, length));
    }

    /** The encoding, valid until the next call. */
    ByteWriter encode(T value) {
        writer.reset();
        codec.encode(value, writer);
        return writer;
    }

    void encode(T value, ByteWriter out) {
        codec.encode(value, out);
    }
}
