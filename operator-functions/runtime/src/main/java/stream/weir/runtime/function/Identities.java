package stream.weir.runtime.function;

import stream.weir.api.codec.ByteWriter;
import stream.weir.api.pipeline.Step;
import stream.weir.protocol.keygroup.KeyHash;
import stream.weir.runtime.state.Key;

/**
 * The keys of a deduplication's entries: the record's key, with its length before it, and the identity. They stay in the
 * record's key group.
 */
final class Identities<T, I> {
    private final Step.Deduplicate<T, I> step;
    private final Key key;
    private final Key identity = new Key();
    private final ByteWriter writer = new ByteWriter(64);

    /** @param key that of the record being processed */
    Identities(Step.Deduplicate<T, I> step, Key key) {
        this.step = step;
        this.key = key;
    }

    /** Valid until the next call. Runs the user's function. */
    Key of(T value) {
        writer.reset();
        writer.writeLengthPrefixed(key.array(), key.offset(), key.length());
        step.identityCodec().encode(step.identity().apply(value), writer);
        long hash = KeyHash.of(writer.buffer(), 0, writer.size());
        return identity.set(writer.buffer(), 0, writer.size(), hash, key.keyGroup());
    }
}
