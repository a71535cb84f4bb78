package stream.weir.runtime.state;

/** Entries in the order of their keys as unsigned bytes, within a key group. Timers, lists and maps are made of it. */
public interface OrderedTable {
    /** Shows the value in {@code value} and returns true; returns false where there is none. */
    boolean get(int keyGroup, Slice key, Slice value);

    void put(int keyGroup, Slice key, Slice value);

    void remove(int keyGroup, Slice key);

    /**
     * Visits the entries with {@code from <= key < to} in order. This table must not be changed meanwhile; others may.
     *
     * @param to the end, exclusive; the empty slice means no end
     */
    void scan(int keyGroup, Slice from, Slice to, EntryVisitor visitor);
}
