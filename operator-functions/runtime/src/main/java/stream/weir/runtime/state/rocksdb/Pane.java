package stream.weir.runtime.state.rocksdb;

/** What is known of a pane of one key group: whether it has entries, where its newest one is, and what RocksDB has of it. */
final class Pane {
    private final long number;
    private boolean present;
    private boolean restored;
    private long last = CacheLog.NONE;
    private long firstDirty = Long.MAX_VALUE;
    private long removedAt = CacheLog.NONE;

    Pane(long number) {
        this.number = number;
    }

    long number() {
        return number;
    }

    /** Whether it has entries, or had some that were removed one by one. */
    boolean present() {
        return present;
    }

    /** Address of its newest entry in the log. */
    long last() {
        return last;
    }

    void restore() {
        present = true;
        restored = true;
    }

    /** Entries were added to the log that RocksDB does not have. */
    void changed(long address) {
        cached(address);
        present = true;
        firstDirty = Math.min(firstDirty, address);
    }

    /** An entry was added to the log that RocksDB has. */
    void cached(long address) {
        last = address;
    }

    /** Whether something of it is in RocksDB or on its way there, and so has to be removed from there. */
    boolean frozen(long frozenBefore) {
        return restored || firstDirty < frozenBefore;
    }

    /**
     * Whether RocksDB is to be asked for entries that the log does not hold. After a removal it is not until that has been flushed: so long
     * the log holds everything newer, and RocksDB what is gone.
     */
    boolean readable(long frozenBefore, long flushedBefore) {
        if (removedAt != CacheLog.NONE) {
            if (flushedBefore <= removedAt) {
                return false;
            }
            removedAt = CacheLog.NONE;
        }
        return frozen(frozenBefore);
    }

    /** All its entries are gone, by an entry of the log at {@code address}. */
    void removed(long address) {
        forget();
        restored = false;
        removedAt = address;
    }

    /** All its entries are gone, none of which had been frozen. */
    void forget() {
        present = false;
        last = CacheLog.NONE;
        firstDirty = Long.MAX_VALUE;
    }

    /** Whether nothing has to be remembered of it. */
    boolean isGone(long flushedBefore) {
        return !present && removedAt < flushedBefore;
    }
}
