package stream.weir.runtime.stage;

import org.jspecify.annotations.Nullable;
import stream.weir.protocol.keygroup.KeyGroups;
import stream.weir.protocol.keygroup.KeyHash;
import stream.weir.runtime.record.BatchReader;
import stream.weir.runtime.state.ExpectedKeys;
import stream.weir.runtime.state.Key;

/**
 * A few records of a frame, decoded before the first of them is processed. A backend that is told of their keys at once can load what it
 * holds of all of them, and the processor waits for memory once for many records: one by one, a record's state is waited for while
 * nothing else is under way. This is the group prefetching of hash joins (Chen, Ailamaki, Gibbons, Mowry, "Improving hash join
 * performance through prefetching", ICDE 2004).
 *
 * <p>Nothing of it can be seen from outside: records keep their order, and one that cannot be decoded is an error when those before
 * it have been processed.
 */
final class RecordGroup {
    /** Enough for a processor to have as many loads under way as it can, and little enough for all to be in its first cache. */
    static final int MOST = 32;

    private static final Object[] NONE = {};

    private final int maxParallelism;
    private final ExpectedKeys keys = new ExpectedKeys(MOST);
    private final long[] timestamps = new long[MOST];

    /** A new one for each group: a store of a new object into an old array costs a memory fence with G1, one into a new array nothing. */
    private Object[] values = NONE;

    private @Nullable Throwable failure;

    RecordGroup(int maxParallelism) {
        this.maxParallelism = maxParallelism;
    }

    /** The next records come from another frame. */
    void reset() {
        failure = null;
    }

    /**
     * Reads the next records.
     *
     * @return whether there are any
     */
    boolean read(BatchReader<Object> reader) {
        rethrow();
        keys.reset(reader.keyArray());
        values = NONE;
        try {
            readOn(reader);
        } catch (RuntimeException | Error e) {
            failure = e;
            if (keys.size() == 0) {
                rethrow();
            }
        }
        return keys.size() > 0;
    }

    private void readOn(BatchReader<Object> reader) {
        Object[] read = new Object[Math.min(MOST, reader.left())];
        values = read;
        for (int i = 0; i < MOST && reader.next(); i++) {
            int offset = reader.keyOffset();
            int length = reader.keyLength();
            long hash = KeyHash.of(reader.keyArray(), offset, length);
            timestamps[i] = reader.timestamp();
            read[i] = reader.value();
            keys.add(offset, length, hash, KeyGroups.keyGroupOf(hash, maxParallelism));
        }
    }

    private void rethrow() {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    int size() {
        return keys.size();
    }

    ExpectedKeys keys() {
        return keys;
    }

    /** Sets {@code key} to that of a record. */
    void showKey(int index, Key key) {
        keys.show(index, key);
    }

    Object value(int index) {
        return values[index];
    }

    long timestamp(int index) {
        return timestamps[index];
    }
}
