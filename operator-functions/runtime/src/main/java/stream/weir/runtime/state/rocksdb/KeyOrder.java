package stream.weir.runtime.state.rocksdb;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Changes of frozen pages, put in the order of the first bytes of their keys. RocksDB takes changes in any order; neighbours cost it a
 * fraction of what scattered keys do, as what they touch is in the processor's caches, so the order need not be exact. Changes of one key
 * stay in the order in which they were added. Used on one
 * thread at a time.
 */
final class KeyOrder {
    private static final int INDEX_BITS = 20;
    private static final int CAPACITY = 1 << INDEX_BITS;
    private static final int FIRST_CAPACITY = 1 << 10;

    /** Takes changes in order. */
    interface Target {
        void take(Page page, int at) throws IOException;
    }

    private long[] order = new long[FIRST_CAPACITY];
    private final List<Page> pages = new ArrayList<>();
    private int[] offsets = new int[FIRST_CAPACITY];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    /** Whether everything has to be taken before more is added. */
    boolean isFull() {
        return size == CAPACITY;
    }

    void add(Page page, int at) {
        if (size == order.length) {
            grow();
        }
        order[size] = page.keyBeginning(at) >>> INDEX_BITS << INDEX_BITS | size;
        pages.add(page);
        offsets[size] = at;
        size++;
    }

    /** Hands all changes over and forgets them. */
    void drainTo(Target target) throws IOException {
        // The sign bit of key groups above 32767 only moves them to the front.
        Arrays.sort(order, 0, size);
        for (int i = 0; i < size; i++) {
            int index = (int) order[i] & CAPACITY - 1;
            if (i + 1 == size || !isReplaced(order[i], order[i + 1])) {
                target.take(pages.get(index), offsets[index]);
            }
        }
        pages.clear();
        size = 0;
    }

    /** Whether the change behind it is of the same key. Some are not seen as others with the same beginning stand between: no harm. */
    private boolean isReplaced(long change, long behind) {
        int index = (int) change & CAPACITY - 1;
        int next = (int) behind & CAPACITY - 1;
        return change >>> INDEX_BITS == behind >>> INDEX_BITS
                && pages.get(index).hasSameKey(offsets[index], pages.get(next), offsets[next]);
    }

    private void grow() {
        order = Arrays.copyOf(order, size * 2);
        offsets = Arrays.copyOf(offsets, size * 2);
    }
}
