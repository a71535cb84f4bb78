package stream.weir.runtime.stage;

import stream.weir.protocol.keygroup.KeyGroups;
import stream.weir.protocol.keygroup.KeyHash;
import stream.weir.runtime.state.Key;

/** Sets the key of the record being processed. */
final class RecordKeys {
    private static final byte[] NONE = {};

    private RecordKeys() {}

    private static void set(Key key, byte[] array, int offset, int length, int maxParallelism) {
        long hash = KeyHash.of(array, offset, length);
        key.set(array, offset, length, hash, KeyGroups.keyGroupOf(hash, maxParallelism));
    }

    /** The key of all records of a stage that is not keyed. */
    static void setConstant(Key key, int maxParallelism) {
        set(key, NONE, 0, 0, maxParallelism);
    }
}
