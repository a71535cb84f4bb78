package stream.weir.runtime.state.memory;

import stream.weir.runtime.state.EntryVisitor;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.Slice;

/**
 * A hash table from bytes to bytes without an object per entry: slots with open addressing and linear probing (deletion by
 * moving back, Knuth 6.4 algorithm R) hold a tag of the hash and the position of an entry in an {@link Arena}. A lookup touches
 * one slot and one entry.
 *
 * <p>{@link #freeze} takes no copy of entries: the arena's pages are shared until they are changed. The slots are not part of it,
 * as a frozen table is only walked.
 *
 * <p>Not thread-safe; a {@link FrozenTable} may be read by another thread.
 */
public final class HashTable {
    private static final int FIRST_SLOTS = 8;

    private final Arena arena;

    /** Tag in the upper, position in the lower half; 0 is free, as no entry has position 0. */
    private long[] slots = new long[FIRST_SLOTS];

    private int size;

    /** Where the last search ended: a get is often followed by a put of the same key. Only ever a guess. */
    private int lastSlot;

    public HashTable(Epochs epochs) {
        this.arena = new Arena(epochs);
    }

    /** Shows the value in {@code value}, valid until the next change, and returns true; returns false where there is none. */
    public boolean get(Key key, Slice value) {
        int slot = find(key);
        if (slot < 0) {
            return false;
        }
        arena.value((int) slots[slot], value);
        return true;
    }

    public boolean contains(Key key) {
        return find(key) >= 0;
    }

    /** Copies the value in. */
    public void put(Key key, byte[] value, int offset, int length) {
        int slot = find(key);
        if (slot < 0) {
            add(key, arena.append(key, value, offset, length, 0));
        } else if (!arena.replace((int) slots[slot], value, offset, length)) {
            move(slot, key, value, offset, length);
        }
        compactIfWorthwhile();
    }

    /** @return whether there was an entry */
    public boolean remove(Key key) {
        int slot = find(key);
        if (slot < 0) {
            return false;
        }
        arena.kill((int) slots[slot]);
        free(slot);
        size--;
        compactIfWorthwhile();
        return true;
    }

    /**
     * Loads the slot where a search for a key begins.
     *
     * @param hash the key's
     * @return what is in it
     */
    long loadSlot(long hash) {
        long[] all = slots;
        return all[home(tag(hash), all.length)];
    }

    /**
     * Loads the entry that a search for a key looks at first.
     *
     * @param hash the key's
     * @return what is in it
     */
    long loadEntry(long hash) {
        int tag = tag(hash);
        long[] all = slots;
        int mask = all.length - 1;
        int i = home(tag, all.length);
        for (long slot = all[i]; slot != 0; slot = all[i]) {
            if ((int) (slot >>> 32) == tag) {
                return arena.load((int) slot);
            }
            i = (i + 1) & mask;
        }
        return 0;
    }

    public int size() {
        return size;
    }

    /** Bytes of memory in use. */
    public long sizeBytes() {
        return arena.sizeBytes() + 8L * slots.length;
    }

    /** Visits all entries in no particular order; the table must not be changed meanwhile. */
    public void forEach(EntryVisitor visitor) {
        arena.forEach(visitor);
    }

    /** The present content; call {@link Epochs#freeze} directly after freezing all tables, before any of them is changed. */
    public FrozenTable freeze() {
        return arena.freeze(size);
    }

    private int find(Key key) {
        int tag = tag(key.hash());
        long[] all = slots;
        long last = all[lastSlot];
        if ((int) (last >>> 32) == tag && last != 0 && arena.matches((int) last, key)) {
            return lastSlot;
        }
        int mask = all.length - 1;
        int i = home(tag, all.length);
        for (long slot = all[i]; slot != 0; slot = all[i]) {
            if ((int) (slot >>> 32) == tag && arena.matches((int) slot, key)) {
                lastSlot = i;
                return i;
            }
            i = (i + 1) & mask;
        }
        return -1;
    }

    private void add(Key key, int position) {
        if (size + 1 > slots.length - (slots.length >>> 2)) {
            resize(slots.length * 2);
        }
        lastSlot = place(slots, slot(tag(key.hash()), position));
        size++;
    }

    /** The new value does not fit where the old one is. What grows once is given room to grow again. */
    private void move(int slot, Key key, byte[] value, int offset, int length) {
        int position = (int) slots[slot];
        int moved = arena.append(key, value, offset, length, length / 4);
        arena.kill(position);
        slots[slot] = slot((int) (slots[slot] >>> 32), moved);
    }

    private void free(int slot) {
        int mask = slots.length - 1;
        int hole = slot;
        for (int i = (slot + 1) & mask; slots[i] != 0; i = (i + 1) & mask) {
            int home = home((int) (slots[i] >>> 32), slots.length);
            if (((i - home) & mask) >= ((i - hole) & mask)) {
                slots[hole] = slots[i];
                hole = i;
            }
        }
        slots[hole] = 0;
    }

    private void compactIfWorthwhile() {
        if (arena.mostlyDead()) {
            compact();
        }
    }

    private void compact() {
        if (size < slots.length >>> 3 && slots.length > FIRST_SLOTS) {
            resize(Math.max(FIRST_SLOTS, Integer.highestOneBit(Math.max(1, size)) << 2));
        }
        byte[][] old = arena.clear();
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] != 0) {
                slots[i] = slot((int) (slots[i] >>> 32), arena.adopt(old, (int) slots[i]));
            }
        }
    }

    private void resize(int capacity) {
        long[] resized = new long[capacity];
        for (long slot : slots) {
            if (slot != 0) {
                place(resized, slot);
            }
        }
        slots = resized;
        lastSlot = 0;
    }

    private static int place(long[] slots, long slot) {
        int mask = slots.length - 1;
        int i = home((int) (slot >>> 32), slots.length);
        while (slots[i] != 0) {
            i = (i + 1) & mask;
        }
        slots[i] = slot;
        return i;
    }

    private static long slot(int tag, int position) {
        return ((long) tag << 32) | (position & 0xFFFF_FFFFL);
    }

    /** Fibonacci hashing: all keys of a table share a key group, so their hashes alone are not evenly spread. */
    private static int tag(long hash) {
        return (int) ((hash * 0x9E37_79B9_7F4A_7C15L) >>> 32);
    }

    private static int home(int tag, int capacity) {
        return tag >>> (Integer.numberOfLeadingZeros(capacity) + 1);
    }
}
