package stream.weir.runtime.state.rocksdb;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import stream.weir.runtime.state.EntryVisitor;
import stream.weir.runtime.state.Slice;

/**
 * Entries of a range from generations, newest first, and the database, in order, each key once and as the newest of them has it. The
 * database is opened when memory has nothing before the first key that it may have.
 */
final class OrderedMerge implements AutoCloseable {
    private final Iterator<Map.Entry<byte[], byte[]>>[] sources;
    private final Map.Entry<byte[], byte[]>[] heads;
    private final Disk disk;
    private final Slice key = new Slice();
    private final Slice value = new Slice();
    private @Nullable DatabaseScan stored;
    private boolean opened;
    private byte @Nullable [] firstStored;

    /**
     * What the database may have of the range.
     *
     * @param first it has nothing before; at or behind the end where it has nothing at all
     */
    record Disk(byte[] first, Supplier<DatabaseScan> scan) {}

    @SuppressWarnings({"unchecked", "rawtypes"}) // arrays of a generic type
    OrderedMerge(List<OrderedGeneration> generations, byte[] from, byte[] to, Disk disk) {
        this.sources =
                generations.stream().map(g -> g.range(from, to).iterator()).toArray(Iterator[]::new);
        this.heads = new Map.Entry[sources.length];
        this.disk = disk;
        this.opened = Arrays.compareUnsigned(disk.first(), to) >= 0;
    }

    /** @return whether the end was reached, as the visitor wanted to go on */
    boolean visit(EntryVisitor visitor) {
        for (int i = 0; i < sources.length; i++) {
            advance(i);
        }
        boolean more = true;
        while (more) {
            int newest = newestOfFirst();
            DatabaseScan scan = scanBefore(newest);
            if (newest < 0 && scan == null) {
                return true;
            }
            int order = scan == null ? 1 : newest < 0 ? -1 : compare(scan, newest);
            if (scan != null && order < 0) {
                more = visitStored(scan, visitor);
                scan.next();
            } else {
                if (scan != null && order == 0) {
                    scan.next();
                }
                more = visitGeneration(newest, visitor);
            }
        }
        return false;
    }

    /**
     * The first key that is in the database, or on its way there, and that the generation under change does not override; null where
     * the visit met none.
     */
    byte @Nullable [] firstStored() {
        return firstStored;
    }

    /** The database, if it has an entry that may come before the next one of memory. */
    private @Nullable DatabaseScan scanBefore(int newest) {
        if (!opened && (newest < 0 || Arrays.compareUnsigned(heads[newest].getKey(), disk.first()) >= 0)) {
            opened = true;
            stored = disk.scan().get();
        }
        return stored != null && stored.valid() ? stored : null;
    }

    private boolean visitStored(DatabaseScan scan, EntryVisitor visitor) {
        if (firstStored == null) {
            firstStored = Arrays.copyOf(scan.key(), scan.keyLength());
        }
        key.set(scan.key(), KeyCode.GROUP_BYTES, scan.keyLength() - KeyCode.GROUP_BYTES);
        scan.value(value);
        return visitor.visit(key, value);
    }

    private boolean visitGeneration(int newest, EntryVisitor visitor) {
        Map.Entry<byte[], byte[]> entry = heads[newest];
        byte[] bytes = entry.getKey();
        for (int i = sources.length - 1; i >= newest; i--) {
            if (heads[i] != null && Arrays.equals(heads[i].getKey(), bytes)) {
                advance(i);
            }
        }
        if (entry.getValue() == OrderedGeneration.REMOVED) {
            return true;
        }
        if (firstStored == null && newest > 0) {
            firstStored = bytes;
        }
        key.set(bytes, KeyCode.GROUP_BYTES, bytes.length - KeyCode.GROUP_BYTES);
        return visitor.visit(key, value.set(entry.getValue(), 0, entry.getValue().length));
    }

    /** The newest of the generations whose next key is the smallest; -1 where all are at their end. */
    private int newestOfFirst() {
        int result = -1;
        for (int i = 0; i < heads.length; i++) {
            if (heads[i] != null
                    && (result < 0 || Arrays.compareUnsigned(heads[i].getKey(), heads[result].getKey()) < 0)) {
                result = i;
            }
        }
        return result;
    }

    private int compare(DatabaseScan scan, int source) {
        byte[] bytes = heads[source].getKey();
        return Arrays.compareUnsigned(scan.key(), 0, scan.keyLength(), bytes, 0, bytes.length);
    }

    @SuppressWarnings("NullAway") // null marks the end of a source
    private void advance(int source) {
        heads[source] = sources[source].hasNext() ? sources[source].next() : null;
    }

    @Override
    public void close() {
        if (stored != null) {
            stored.close();
        }
    }
}
