package stream.weir.runtime.function;

import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.protocol.keygroup.KeyHash;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.Slice;
import stream.weir.runtime.state.ValueTable;

/**
 * Numbers entries within their key group, so that equal ones stay apart and keep their order, without a read for each. Counts on
 * the heap between snapshots; {@link #save} makes the counts part of the state, and what was counted since a snapshot is undone
 * together with the entries.
 */
final class Sequence {
    private static final byte[] NO_BYTES = {};

    private final ValueTable table;
    private final KeyGroupRange keyGroups;
    private final long[] next;
    private final long[] saved;
    private final Key key = new Key();
    private final Slice stored = new Slice();
    private final ByteWriter writer = new ByteWriter(Long.BYTES);

    Sequence(ValueTable table, KeyGroupRange keyGroups) {
        this.table = table;
        this.keyGroups = keyGroups;
        this.next = new long[keyGroups.size()];
        this.saved = new long[keyGroups.size()];
    }

    /** Reads the restored counts. */
    void open() {
        ByteReader reader = new ByteReader();
        for (int group = keyGroups.first(); group <= keyGroups.last(); group++) {
            if (table.get(keyOf(group), ValueTable.NO_PANE, stored)) {
                int index = group - keyGroups.first();
                next[index] = reader.wrap(stored.array(), stored.offset(), stored.length())
                        .readLong();
                saved[index] = next[index];
            }
        }
    }

    /** A number not given before in this key group. */
    long next(int keyGroup) {
        return next[keyGroup - keyGroups.first()]++;
    }

    /** To be called before each snapshot. */
    void save() {
        for (int group = keyGroups.first(); group <= keyGroups.last(); group++) {
            int index = group - keyGroups.first();
            if (next[index] != saved[index]) {
                writer.reset();
                writer.writeLong(next[index]);
                table.put(keyOf(group), ValueTable.NO_PANE, writer.buffer(), 0, writer.size());
                saved[index] = next[index];
            }
        }
    }

    private Key keyOf(int group) {
        return key.set(NO_BYTES, 0, 0, KeyHash.of(NO_BYTES), group);
    }
}
