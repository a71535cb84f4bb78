package stream.weir.runtime.state;

/**
 * What the keyed state of a replica takes.
 *
 * @param bytes of all, approximately
 * @param blockCacheBytes of RocksDB's blocks in memory, of all databases of the process; 0 for other backends, as what follows
 * @param memtableBytes of RocksDB's memtables
 * @param sstBytes of RocksDB's files on the local disk
 * @param compactionPendingBytes that RocksDB has to rewrite still, estimated
 * @param cacheHits reads of values that were answered without RocksDB, since the replica was opened
 * @param cacheMisses reads of values that RocksDB had to answer
 * @param blockHits blocks that reads of the replica found in RocksDB's cache, since it was opened
 * @param blockMisses blocks that they had to take from files
 */
public record StateFigures(
        long bytes,
        long blockCacheBytes,
        long memtableBytes,
        long sstBytes,
        long compactionPendingBytes,
        long cacheHits,
        long cacheMisses,
        long blockHits,
        long blockMisses) {
    /** Of no state. */
    public static final StateFigures NONE = of(0);

    /** Of a backend that keeps all state on the heap. */
    public static StateFigures of(long bytes) {
        return new StateFigures(bytes, 0, 0, 0, 0, 0, 0, 0, 0);
    }
}
