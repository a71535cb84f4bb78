package stream.weir.runtime.state;

import java.util.Arrays;
import java.util.BitSet;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.protocol.keygroup.KeyHash;

/**
 * Timers of one step and clock. Each is a time and a key, kept in an ordered table under the time (8 bytes, sign inverted, so that
 * bytes are in the order of times) and the key. The smallest time of each key group is known without a look into the table, so
 * that nothing is done while nothing is due.
 *
 * <p>Used on the replica's thread only.
 */
public final class Timers {
    private static final Slice NOTHING = new Slice();

    private final OrderedTable table;
    private final KeyGroupRange range;
    private final Key current;

    /** Key groups that may have timers; by index. */
    private final BitSet pending;

    /** No timer of a pending group is before this time, by index. */
    private final long[] smallest;

    private final ByteWriter writer = new ByteWriter(64);
    private final Slice key = new Slice();
    private final FirstTimers first = new FirstTimers();

    /** No timer at all is before this time. */
    private long earliest = Long.MIN_VALUE;

    private Timers(OrderedTable table, KeyGroupRange range, Key current) {
        this.table = table;
        this.range = range;
        this.current = current;
        this.pending = new BitSet(range.size());
        this.smallest = new long[range.size()];
    }

    /**
     * The timers in that table, restored ones included.
     *
     * @param table for instance {@code step/timers.event}; used for nothing else
     * @param current the key of the record or timer being processed: timers are set for it, and it is set for timers
     */
    public static Timers open(KeyedStateBackend backend, String table, Key current) {
        Timers timers = new Timers(backend.orderedTable(table), backend.keyGroups(), current);
        // A group that may have timers from before is looked into when time first advances.
        timers.pending.set(0, timers.range.size());
        Arrays.fill(timers.smallest, Long.MIN_VALUE);
        return timers;
    }

    /** Sets a timer of the current key; one that is set already stays. */
    public void set(long time) {
        int group = current.keyGroup() - range.first();
        table.put(current.keyGroup(), encoded(time), NOTHING);
        smallest[group] = pending.get(group) ? Math.min(smallest[group], time) : time;
        pending.set(group);
        earliest = Math.min(earliest, time);
    }

    /** Deletes a timer of the current key, where it is set. */
    public void delete(long time) {
        table.remove(current.keyGroup(), encoded(time));
    }

    /**
     * Fires the timers that are due at {@code upTo}, in the order of their times over all key groups. A timer is deleted before
     * its handler is called. The handler may set and delete timers; those it sets that are due fire as well.
     *
     * @return how many fired
     */
    public int fire(long upTo, TimerHandler handler) throws Exception {
        int fired = 0;
        while (earliest <= upTo) {
            int group = groupOfSmallest();
            if (group < 0 || smallest[group] > upTo) {
                earliest = group < 0 ? Long.MAX_VALUE : smallest[group];
                return fired;
            }
            fired += fireFirst(group, handler);
        }
        return fired;
    }

    private Slice encoded(long time) {
        writer.reset();
        writer.writeLong(time ^ Long.MIN_VALUE);
        writer.writeBytes(current.array(), current.offset(), current.length());
        return key.set(writer.buffer(), 0, writer.size());
    }

    private int groupOfSmallest() {
        int best = -1;
        for (int i = pending.nextSetBit(0); i >= 0; i = pending.nextSetBit(i + 1)) {
            if (best < 0 || smallest[i] < smallest[best]) {
                best = i;
            }
        }
        return best;
    }

    /** Fires the first timer of a group if it has the group's smallest time, else finds out what that is. */
    private int fireFirst(int group, TimerHandler handler) throws Exception {
        int keyGroup = range.first() + group;
        first.found = 0;
        table.scan(keyGroup, NOTHING, NOTHING, first);
        if (first.found == 0) {
            pending.clear(group);
            return 0;
        }
        if (first.time > smallest[group]) {
            smallest[group] = first.time;
            return 0;
        }
        if (first.found == 1) {
            pending.clear(group);
        } else {
            smallest[group] = first.following;
        }
        table.remove(keyGroup, key.set(first.timer, 0, first.length));
        int length = first.length - Long.BYTES;
        current.set(first.timer, Long.BYTES, length, KeyHash.of(first.timer, Long.BYTES, length), keyGroup);
        handler.onTimer(first.time);
        return 1;
    }

    /** The first timer of a group and the time of the one behind it. */
    private static final class FirstTimers implements EntryVisitor {
        private final ByteReader reader = new ByteReader();

        private int found;
        private byte[] timer = new byte[64];
        private int length;
        private long time;
        private long following;

        @Override
        public boolean visit(Slice key, Slice value) {
            long next = reader.wrap(key.array(), key.offset(), key.length()).readLong() ^ Long.MIN_VALUE;
            found++;
            if (found == 2) {
                following = next;
                return false;
            }
            if (timer.length < key.length()) {
                timer = new byte[key.length() * 2];
            }
            System.arraycopy(key.array(), key.offset(), timer, 0, key.length());
            length = key.length();
            time = next;
            return true;
        }
    }
}
