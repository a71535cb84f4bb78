package stream.weir.runtime.state.memory;

import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The panes of a key group in order. There are few, they are added at the end mostly and used again and again. */
final class Panes {
    private static final long[] NONE = {};

    private long[] panes = NONE;
    private @Nullable HashTable[] tables = {};
    private int count;
    private int last;

    @Nullable
    HashTable find(long pane) {
        if (last < count && panes[last] == pane) {
            return tables[last];
        }
        int index = Arrays.binarySearch(panes, 0, count, pane);
        if (index < 0) {
            return null;
        }
        last = index;
        return tables[index];
    }

    /** Adds a pane that is not there yet. */
    void add(long pane, HashTable table) {
        int index = -1 - Arrays.binarySearch(panes, 0, count, pane);
        if (count == panes.length) {
            int grown = Math.max(4, count * 2);
            panes = Arrays.copyOf(panes, grown);
            tables = Arrays.copyOf(tables, grown);
        }
        System.arraycopy(panes, index, panes, index + 1, count - index);
        System.arraycopy(tables, index, tables, index + 1, count - index);
        panes[index] = pane;
        tables[index] = table;
        last = index;
        count++;
    }

    void remove(long pane) {
        int index = Arrays.binarySearch(panes, 0, count, pane);
        if (index < 0) {
            return;
        }
        count--;
        System.arraycopy(panes, index + 1, panes, index, count - index);
        System.arraycopy(tables, index + 1, tables, index, count - index);
        tables[count] = null;
    }

    OptionalLong first(long from) {
        int index = Arrays.binarySearch(panes, 0, count, from);
        int first = index < 0 ? -1 - index : index;
        return first < count ? OptionalLong.of(panes[first]) : OptionalLong.empty();
    }

    long sizeBytes() {
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            HashTable table = tables[i];
            bytes += table == null ? 0 : table.sizeBytes();
        }
        return bytes;
    }

    void freeze(String name, int keyGroup, TableImage image) {
        for (int i = 0; i < count; i++) {
            HashTable table = tables[i];
            if (table != null && table.size() > 0) {
                image.add(name, keyGroup, panes[i], table.freeze());
            }
        }
    }
}
