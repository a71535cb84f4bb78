package stream.weir.runtime.state;

/**
 * What the keyed state of a replica takes.
 *
 * @param bytes of all, approximately
 * @param blockCacheBytes of RocksDB's blocks in memory, of all databases of the process; 0 for other backends, as what follows
 * @param memtableBytes of RocksDB's memtables
 * @param sstBytes of RocksDB's files on the local disk
 * @param compactionPendingBytes that RocksDB has to rewrite still, estimated
 */
public record StateFigures(
        long bytes, long blockCacheBytes, long memtableBytes, long sstBytes, long compactionPendingBytes) {
    /** Of no state. */
    public static final StateFigures NONE = new StateFigures(0, 0, 0, 0, 0);
}
