package stream.weir.runtime.state.rocksdb;

import org.rocksdb.PerfContext;

/**
 * What reads of a thread needed blocks for, since a moment. RocksDB counts that for each thread unless it is told not to, so it costs
 * nothing that is not paid anyway; its statistics, which know the whole process, take a few atomic additions for each read. Flushes and
 * compactions run on RocksDB's own threads and are not counted. For one thread.
 */
final class BlockReads {
    private final Database database;
    private final Thread thread;
    private final Counts from;
    private Counts last = Counts.NONE;

    /**
     * @param hits blocks that were in the cache
     * @param misses blocks that were read from files
     */
    record Counts(long hits, long misses) {
        private static final Counts NONE = new Counts(0, 0);

        private static Counts of(PerfContext context) {
            return new Counts(context.getBlockCacheHitCount(), context.getBlockReadCount());
        }

        private Counts since(Counts earlier) {
            return new Counts(hits - earlier.hits, misses - earlier.misses);
        }
    }

    private BlockReads(Database database, Thread thread, Counts from) {
        this.database = database;
        this.thread = thread;
        this.from = from;
    }

    /** Counts what this thread reads from now on. */
    static BlockReads fromNow(Database database) {
        return new BlockReads(database, Thread.currentThread(), Counts.of(database.readsOfThisThread()));
    }

    /** As known last, where another thread asks: it cannot see the counts. */
    Counts counts() {
        if (Thread.currentThread() == thread) {
            last = Counts.of(database.readsOfThisThread()).since(from);
        }
        return last;
    }
}
