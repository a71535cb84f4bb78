package stream.weir.runtime.state.rocksdb;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import stream.weir.runtime.state.EntryVisitor;
import stream.weir.runtime.state.Slice;

/** Entries of a range from generations, newest first, and the database, in order, each key once and as the newest of them has it. */
final class OrderedMerge {
    private final Iterator<Map.Entry<byte[], byte[]>>[] sources;
    private final Map.Entry<byte[], byte[]>[] heads;
    private final @Nullable DatabaseScan stored;
    private byte @Nullable [] firstStored;

    @SuppressWarnings({"unchecked", "rawtypes"}) // arrays of a generic type
    OrderedMerge(List<OrderedGeneration> generations, byte[] from, byte[] to, @Nullable DatabaseScan stored) {
        this.sources =
                generations.stream().map(g -> g.range(from, to).iterator()).toArray(Iterator[]::new);
        this.heads = new Map.Entry[sources.length];
        this.stored = stored;
    }

    /** @return whether the end was reached, as the visitor wanted to go on */
    boolean visit(EntryVisitor visitor) {
        Slice key = new Slice();
        Slice value = new Slice();
        for (int i = 0; i < sources.length; i++) {
            advance(i);
        }
        while (true) {
            int newest = newestOfFirst();
            boolean database = stored != null && stored.valid() && (newest < 0 || compareStored(newest) <= 0);
            if (newest < 0 && !database) {
                return true;
            }
            if (newest < 0 || database && compareStored(newest) < 0) {
                if (!visitStored(key, value, visitor)) {
                    return false;
                }
            } else if (!visitGeneration(newest, key, value, visitor)) {
                return false;
            }
        }
    }

    /**
     * The first key that is in the database, or on its way there, and that the generation under change does not override; null where
     * the visit met none.
     */
    byte @Nullable [] firstStored() {
        return firstStored;
    }

    private boolean visitStored(Slice key, Slice value, EntryVisitor visitor) {
        DatabaseScan scan = Objects.requireNonNull(stored);
        if (firstStored == null) {
            firstStored = Arrays.copyOf(scan.key(), scan.keyLength());
        }
        key.set(scan.key(), KeyCode.GROUP_BYTES, scan.keyLength() - KeyCode.GROUP_BYTES);
        scan.value(value);
        boolean more = visitor.visit(key, value);
        scan.next();
        return more;
    }

    private boolean visitGeneration(int newest, Slice key, Slice value, EntryVisitor visitor) {
        Map.Entry<byte[], byte[]> entry = heads[newest];
        byte[] bytes = entry.getKey();
        if (stored != null && stored.valid() && compareStored(newest) == 0) {
            stored.next();
        }
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

    private int compareStored(int source) {
        DatabaseScan scan = Objects.requireNonNull(stored);
        byte[] key = heads[source].getKey();
        return Arrays.compareUnsigned(scan.key(), 0, scan.keyLength(), key, 0, key.length);
    }

    @SuppressWarnings("NullAway") // null marks the end of a source
    private void advance(int source) {
        heads[source] = sources[source].hasNext() ? sources[source].next() : null;
    }
}
