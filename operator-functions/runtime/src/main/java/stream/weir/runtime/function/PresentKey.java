package stream.weir.runtime.function;

import java.util.Arrays;
import stream.weir.protocol.keygroup.KeyHash;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.Slice;

/** Makes a key found in state the one that is being processed, for this operator and those behind it. */
final class PresentKey {
    private final Key key;
    private byte[] copy = new byte[64];

    /** @param key the replica's key object */
    PresentKey(Key key) {
        this.key = key;
    }

    /** Copies the bytes, which need not stay valid. */
    void set(int keyGroup, Slice bytes) {
        set(keyGroup, bytes.array(), bytes.offset(), bytes.length());
    }

    void set(int keyGroup, byte[] bytes, int offset, int length) {
        if (copy.length < length) {
            copy = Arrays.copyOf(copy, Math.max(length, 2 * copy.length));
        }
        System.arraycopy(bytes, offset, copy, 0, length);
        key.set(copy, 0, length, KeyHash.of(copy, 0, length), keyGroup);
    }
}
