package stream.weir.runtime.state.memory;

import java.util.function.LongSupplier;
import stream.weir.runtime.state.ExpectedKeys;

/**
 * Whether it pays to load what a table holds of {@linkplain ExpectedKeys expected keys}: the table is larger than what a processor's
 * cache keeps of it anyway, and is asked for most keys that are expected. Kept by a table, on the replica's thread.
 */
final class LoadAhead {
    /** Below this a search finds most of what it needs in the cache that a processor does not share with others. */
    static final long LEAST_BYTES = 4 << 20;

    private static final int LOOK_EACH = 256;

    private int searches;
    private int groups;
    private boolean isLarge;

    /** The table was searched for the key of a record. */
    void searched() {
        searches++;
    }

    /**
     * To be asked for each group of keys.
     *
     * @param bytes what the table takes; asked for once in a while
     */
    boolean pays(ExpectedKeys keys, LongSupplier bytes) {
        if ((groups++ & LOOK_EACH - 1) == 0) {
            isLarge = bytes.getAsLong() >= LEAST_BYTES;
        }
        boolean isAsked = searches >= keys.size();
        searches = 0;
        return isLarge && isAsked;
    }
}
