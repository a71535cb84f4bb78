package stream.weir.runtime.state;

import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Codec;

/**
 * What the states of a step share to encode values, used within one call of a state only. What values are read with is made anew each
 * time: it hardly ever leaves the processor's registers, where G1 lets each store into an old object cost a memory fence.
 */
final class Buffers {
    private final ByteWriter writer = new ByteWriter();
    private final Slice encoded = new Slice();

    /** What a table shows its values in. */
    Slice found() {
        return new Slice();
    }

    <T> T decode(Codec<T> codec, Slice value) {
        return codec.decode(new ByteReader().wrap(value.array(), value.offset(), value.length()));
    }

    /** The encoding of a value, valid until the next call. */
    <T> Slice encode(Codec<T> codec, T value) {
        writer.reset();
        codec.encode(value, writer);
        return encoded.set(writer.buffer(), 0, writer.size());
    }
}
