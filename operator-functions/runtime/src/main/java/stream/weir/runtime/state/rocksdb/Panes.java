package stream.weir.runtime.state.rocksdb;

import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The panes of one table and key group, by number. New ones mostly come at the end and leave at the beginning. */
final class Panes {
    private Pane[] panes = new Pane[2];
    private int size;
    private int recent;

    @Nullable
    Pane find(long number) {
        if (recent < size && panes[recent].number() == number) {
            return panes[recent];
        }
        int place = search(number);
        if (place < 0) {
            return null;
        }
        recent = place;
        return panes[place];
    }

    Pane obtain(long number) {
        Pane pane = find(number);
        if (pane != null) {
            return pane;
        }
        int place = -search(number) - 1;
        if (size == panes.length) {
            panes = Arrays.copyOf(panes, size * 2);
        }
        System.arraycopy(panes, place, panes, place + 1, size - place);
        panes[place] = new Pane(number);
        size++;
        recent = place;
        return panes[place];
    }

    /** The first pane from {@code from} on that has entries. */
    OptionalLong first(long from) {
        int place = search(from);
        for (int i = place < 0 ? -place - 1 : place; i < size; i++) {
            if (panes[i].present()) {
                return OptionalLong.of(panes[i].number());
            }
        }
        return OptionalLong.empty();
    }

    /** Drops the panes of which nothing has to be remembered. */
    void clean(long flushedBefore) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (!panes[i].isGone(flushedBefore)) {
                panes[kept++] = panes[i];
            }
        }
        Arrays.fill(panes, kept, size, null);
        size = kept;
    }

    int size() {
        return size;
    }

    private int search(long number) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            long there = panes[middle].number();
            if (there == number) {
                return middle;
            }
            if (there < number) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }
}
