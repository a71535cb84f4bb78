package stream.weir.runtime.state.rocksdb;

/**
 * Where in the log the newest version of a key is: open addressing with linear probing. A word is the key's hash (upper half)
 * and the short form of the address (lower half, never 0), so growing reads nothing but the index itself.
 */
final class CacheIndex {
    private static final int FIRST_CAPACITY = 1 << 8;

    private long[] words = new long[FIRST_CAPACITY];
    private int size;

    int first(int hash) {
        return hash & words.length - 1;
    }

    int next(int slot) {
        return slot + 1 & words.length - 1;
    }

    /** 0 where the slot is free, which ends a search. */
    long word(int slot) {
        return words[slot];
    }

    static int hash(long word) {
        return (int) (word >>> 32);
    }

    static int address(long word) {
        return (int) word;
    }

    void insert(int hash, int address) {
        if (++size > words.length / 4 * 3) {
            grow();
        }
        place(word(hash, address));
    }

    void replace(int slot, int hash, int address) {
        words[slot] = word(hash, address);
    }

    boolean contains(int hash, int address) {
        return slotOf(hash, address) >= 0;
    }

    void remove(int hash, int address) {
        int slot = slotOf(hash, address);
        if (slot >= 0) {
            removeAt(slot);
        }
    }

    /** Closes the gap, so that no marks of deleted words are needed. */
    void removeAt(int slot) {
        int mask = words.length - 1;
        int gap = slot;
        for (int i = slot + 1 & mask; words[i] != 0; i = i + 1 & mask) {
            int distance = i - first(hash(words[i])) & mask;
            if (distance >= (i - gap & mask)) {
                words[gap] = words[i];
                gap = i;
            }
        }
        words[gap] = 0;
        size--;
    }

    int size() {
        return size;
    }

    long bytes() {
        return (long) words.length * Long.BYTES;
    }

    private int slotOf(int hash, int address) {
        long wanted = word(hash, address);
        for (int slot = first(hash); words[slot] != 0; slot = next(slot)) {
            if (words[slot] == wanted) {
                return slot;
            }
        }
        return -1;
    }

    private static long word(int hash, int address) {
        return (long) hash << 32 | address & 0xFFFF_FFFFL;
    }

    private void place(long word) {
        int slot = first(hash(word));
        while (words[slot] != 0) {
            slot = next(slot);
        }
        words[slot] = word;
    }

    private void grow() {
        long[] old = words;
        words = new long[old.length * 2];
        for (long word : old) {
            if (word != 0) {
                place(word);
            }
        }
    }
}
