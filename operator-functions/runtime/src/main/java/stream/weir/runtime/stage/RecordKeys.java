package stream.weir.runtime.stage;

import stream.weir.protocol.keygroup.KeyGroups;
import stream.weir.protocol.keygroup.KeyHash;
import stream.weir.runtime.state.Key;

/** Sets the key of the record being processed. */
final class RecordKeys {
    private static final byte[] NONE = {};

    private RecordKeys() {}

    /** The key of all records of a stage that is not keyed. */
    static void setConstant(Key key, int maxParallelism) {
        long hash = KeyHash.of(NONE, 0, 0);
        key.set(NONE, 0, 0, hash, KeyGroups.keyGroupOf(hash, maxParallelism));
    }
}
