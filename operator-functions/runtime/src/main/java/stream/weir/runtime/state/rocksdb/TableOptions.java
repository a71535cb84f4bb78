package stream.weir.runtime.state.rocksdb;

import java.util.List;
import java.util.Properties;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;

/**
 * Options of a database and its tables. With a store larger than its cache, partitioned index and filters were measured to make
 * reads six times as fast as whole ones; the rest is smaller.
 *
 * <p>Files are mapped into memory, and blocks are compressed only where that halves them. So blocks of numbers and hashes are read where the
 * operating system has them, checksum included, without a call of it, a copy, or room in the cache, which is left to index and filters.
 * A file that breaks under a mapping ends the process, as any crash does; the checkpoint is the way back.
 */
final class TableOptions implements AutoCloseable {
    private static final long MIB = 1L << 20;
    private static final int BLOCK_BYTES = 4096;
    private static final int ARENA_BYTES = 128 << 10;
    private static final double WRITE_BUFFER_FILTER_SHARE = 0.03;

    private final DBOptions database;
    private final ColumnFamilyOptions family;
    private final BloomFilter filter;

    private TableOptions(DBOptions database, ColumnFamilyOptions family, BloomFilter filter) {
        this.database = database;
        this.family = family;
        this.filter = filter;
    }

    static TableOptions of(RocksDbMemory memory) {
        BloomFilter filter = new BloomFilter(10, false);
        return new TableOptions(database(memory), family(memory, filter), filter);
    }

    /** Of a database that is only copied from: compactions of it would be in vain, and in the way of others of this process. */
    static TableOptions ofSource(RocksDbMemory memory) {
        TableOptions options = of(memory);
        options.family.setDisableAutoCompactions(true);
        return options;
    }

    DBOptions database() {
        return database;
    }

    ColumnFamilyOptions family() {
        return family;
    }

    private static DBOptions database(RocksDbMemory memory) {
        return new DBOptions()
                .setCreateIfMissing(true)
                .setWriteBufferManager(memory.writeBuffers())
                .setMaxBackgroundJobs(2)
                .setMaxOpenFiles(-1)
                .setAllowMmapReads(true)
                // One thread writes, and what has not been flushed at the end is in a checkpoint or lost on purpose.
                .setAllowConcurrentMemtableWrite(false)
                .setEnableWriteThreadAdaptiveYield(false)
                .setAvoidFlushDuringShutdown(true)
                // It goes into every checkpoint.
                .setMaxManifestFileSize(MIB)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(MIB)
                .setKeepLogFileNum(2);
    }

    private static ColumnFamilyOptions family(RocksDbMemory memory, BloomFilter filter) {
        BlockBasedTableConfig table = new BlockBasedTableConfig()
                .setBlockCache(memory.cache())
                .setBlockSize(BLOCK_BYTES)
                .setMetadataBlockSize(BLOCK_BYTES)
                .setIndexType(IndexType.kTwoLevelIndexSearch)
                .setPartitionFilters(true)
                .setFilterPolicy(filter)
                .setOptimizeFiltersForMemory(true)
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setPinTopLevelIndexAndFilter(true)
                .setPinL0FilterAndIndexBlocksInCache(true);
        return ColumnFamilyOptions.getColumnFamilyOptionsFromProps(compression())
                .setTableFormatConfig(table)
                .setWriteBufferSize(memory.writeBufferBytes())
                .setMaxWriteBufferNumber(3)
                // Tables that are hardly written must not use up the common bound of write buffers.
                .setArenaBlockSize(ARENA_BYTES)
                // Most reads look for what is in no write buffer, and a search there misses the processor's caches at
                // each step.
                .setMemtableWholeKeyFiltering(true)
                .setMemtablePrefixBloomSizeRatio(WRITE_BUFFER_FILTER_SHARE)
                .setLevelCompactionDynamicLevelBytes(true)
                .setTargetFileSizeBase(32 * MIB)
                .setMaxBytesForLevelBase(Math.max(64 * MIB, 4 * memory.writeBufferBytes()))
                // What the upper levels hold is rewritten soon.
                .setCompressionPerLevel(List.of(
                        CompressionType.NO_COMPRESSION,
                        CompressionType.NO_COMPRESSION,
                        CompressionType.LZ4_COMPRESSION))
                .setBottommostCompressionType(CompressionType.LZ4_COMPRESSION);
    }

    /** What the methods of the options do not offer. */
    private static Properties compression() {
        Properties properties = new Properties();
        properties.setProperty("compression_opts", "{max_compressed_bytes_per_kb=512;}");
        return properties;
    }

    @Override
    public void close() {
        database.close();
        family.close();
        filter.close();
    }
}
