package stream.weir.runtime.state.rocksdb;

import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Native memory of all RocksDB databases of a process, bounded together: blocks, indexes, filters and write buffers are
 * charged to one cache, of which write buffers get a quarter. Safe for use by any number of threads; closed after the last
 * backend that uses it.
 */
public final class RocksDbMemory implements AutoCloseable {
    /** What a process gets unless told otherwise: 256 MiB. */
    public static final long DEFAULT_BYTES = 256L << 20;

    private static final long MIN_BYTES = 8L << 20;
    private static final int SHARD_BITS = 2;
    private static final double HIGH_PRIORITY_SHARE = 0.4;

    private final long bytes;
    private final Cache cache;
    private final WriteBufferManager writeBuffers;

    private RocksDbMemory(long bytes, Cache cache, WriteBufferManager writeBuffers) {
        this.bytes = bytes;
        this.cache = cache;
        this.writeBuffers = writeBuffers;
    }

    /** @param bytes at least 8 MiB */
    public static RocksDbMemory of(long bytes) {
        if (bytes < MIN_BYTES) {
            throw new IllegalArgumentException(
                    "RocksDB cannot work in " + bytes + " bytes of memory: give it 8 MiB at least");
        }
        RocksDB.loadLibrary();
        Cache cache = new LRUCache(bytes, SHARD_BITS, false, HIGH_PRIORITY_SHARE);
        return new RocksDbMemory(bytes, cache, new WriteBufferManager(bytes / 4, cache));
    }

    public long bytes() {
        return bytes;
    }

    Cache cache() {
        return cache;
    }

    WriteBufferManager writeBuffers() {
        return writeBuffers;
    }

    /** Of one table; smaller than the common bound, so that several tables fit. */
    long writeBufferBytes() {
        return Math.clamp(bytes / 8, 1L << 20, 64L << 20);
    }

    @Override
    public void close() {
        writeBuffers.close();
        cache.close();
    }
}
