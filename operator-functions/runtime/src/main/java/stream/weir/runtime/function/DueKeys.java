package stream.weir.runtime.function;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.OrderedTable;
import stream.weir.runtime.state.Slice;

/**
 * When an operator has to look at a key again, by event time. Setting the same time for a key twice sets it once. Entries are
 * the time, ordered as unsigned bytes, and the key.
 */
final class DueKeys {
    private static final long NONE = Long.MAX_VALUE;
    private static final Slice START = new Slice();
    private static final Slice NOTHING = new Slice();

    private final OrderedTable table;
    private final KeyGroupRange keyGroups;
    private final Key key;
    private final PresentKey presentKey;
    private final ByteWriter writer = new ByteWriter(64);
    private final ByteReader reader = new ByteReader();
    private final Slice entry = new Slice();
    private final Slice from = new Slice();
    private final Slice to = new Slice();

    /** For each key group the time of its first entry; {@link #NONE} without any. A cache of what the table says. */
    private final long[] first;

    private long least = NONE;

    private DueKeys(OrderedTable table, KeyGroupRange keyGroups, Key key) {
        this.table = table;
        this.keyGroups = keyGroups;
        this.key = key;
        this.presentKey = new PresentKey(key);
        this.first = new long[keyGroups.size()];
    }

    static DueKeys in(String table, OperatorContext context) {
        return new DueKeys(
                context.backend().orderedTable(table), context.backend().keyGroups(), context.key());
    }

    /** What is done for a key whose time has come. */
    interface Action {
        /** The key is the present one. May set later times. */
        void run(long time);
    }

    /** Reads the restored table. */
    void open() {
        for (int group = keyGroups.first(); group <= keyGroups.last(); group++) {
            readFirst(group);
        }
        findLeast();
    }

    /** @param time in milliseconds, less than {@link Long#MAX_VALUE} */
    void set(long time) {
        write(time, key.array(), key.offset(), key.length());
        table.put(key.keyGroup(), entry.set(writer.buffer(), 0, writer.size()), NOTHING);
        int index = key.keyGroup() - keyGroups.first();
        first[index] = Math.min(first[index], time);
        least = Math.min(least, time);
    }

    /** Runs the action for all that is due, in the order of time, also for times that it sets meanwhile. */
    void advance(long until, Action action) {
        while (least != NONE && least <= until) {
            long time = least;
            for (int group = keyGroups.first(); group <= keyGroups.last(); group++) {
                if (first[group - keyGroups.first()] == time) {
                    run(group, time, action);
                }
            }
            findLeast();
        }
    }

    private void run(int group, long time, Action action) {
        List<byte[]> due = new ArrayList<>();
        table.scan(group, bound(from, time), bound(to, time + 1), (found, nothing) -> due.add(found.toByteArray()));
        for (byte[] found : due) {
            table.remove(group, entry.set(found, 0, found.length));
        }
        readFirst(group);
        for (byte[] found : due) {
            presentKey.set(group, found, Long.BYTES, found.length - Long.BYTES);
            action.run(time);
        }
    }

    private void readFirst(int group) {
        first[group - keyGroups.first()] = NONE;
        table.scan(group, START, START, (found, nothing) -> {
            first[group - keyGroups.first()] =
                    reader.wrap(found.array(), found.offset(), found.length()).readLong() ^ Long.MIN_VALUE;
            return false;
        });
    }

    private void findLeast() {
        least = Arrays.stream(first).min().orElse(NONE);
    }

    private Slice bound(Slice slice, long time) {
        write(time, key.array(), 0, 0);
        byte[] bytes = writer.toByteArray();
        return slice.set(bytes, 0, bytes.length);
    }

    /** Flipping the sign bit makes the unsigned order of the bytes that of the signed numbers. */
    private void write(long time, byte[] keyBytes, int offset, int length) {
        writer.reset();
        writer.writeLong(time ^ Long.MIN_VALUE);
        writer.writeBytes(keyBytes, offset, length);
    }
}
