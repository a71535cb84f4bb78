package stream.weir.runtime.state;

import java.util.OptionalLong;
import stream.weir.api.codec.ByteWriter;

/**
 * One value for each key and pane. A pane is a part of the table that comes and goes as a whole, numbered by a long: windows
 * use the window's end, plain value state uses {@link #NO_PANE} only.
 *
 * <p>Values are copied in; what {@code get} shows is valid until the next call on the same backend.
 */
public interface ValueTable {
    /** The pane of tables that have no windows. */
    long NO_PANE = 0;

    /** Shows the value in {@code value} and returns true; returns false where there is none. */
    boolean get(Key key, long pane, Slice value);

    void put(Key key, long pane, byte[] value, int offset, int length);

    void remove(Key key, long pane);

    /**
     * Adds {@code delta} to what is there, as {@code combiner} says; where there is nothing, the delta becomes the value. A
     * backend may keep the delta beside the stored value and combine later, so the combiner is associative: {@code
     * combine(combine(v, d1), d2) = combine(v, combine(d1, d2))}. One table has one combiner.
     */
    void merge(Key key, long pane, Slice delta, Combiner combiner);

    /** Visits all entries of a pane, in no particular order. This table must not be changed meanwhile; others may. */
    void forEach(int keyGroup, long pane, EntryVisitor visitor);

    /** Removes all entries of a pane. */
    void removePane(int keyGroup, long pane);

    /** The smallest pane of the key group that is at least {@code from} and has entries (or had some that were removed one by one). */
    OptionalLong firstPane(int keyGroup, long from);

    /** Combines two encoded values. */
    interface Combiner {
        /** Writes the combination to {@code out}; neither slice may be kept. */
        void combine(Slice stored, Slice delta, ByteWriter out);
    }
}
