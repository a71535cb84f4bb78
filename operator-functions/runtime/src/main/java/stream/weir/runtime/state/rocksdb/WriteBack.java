package stream.weir.runtime.state.rocksdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What the tables of a backend share: the log, the database behind it, and the way from one to the other. Used on the replica's
 * thread.
 */
final class WriteBack implements CacheLog.Owner {
    private final Database database;
    private final SerialWriter writer;
    private final Flush flush;
    private final ChangeRecorder recorder;
    private final RocksDbErrors errors;
    private final CacheLog log;
    private final List<RocksOrderedTable> ordered = new ArrayList<>();
    private final long cacheBytes;
    private long orderedBytes;
    private boolean closed;

    WriteBack(
            Database database,
            SerialWriter writer,
            ChangeRecorder recorder,
            RocksDbConfig config,
            RocksDbErrors errors) {
        this.database = database;
        this.writer = writer;
        this.recorder = recorder;
        this.errors = errors;
        this.cacheBytes = config.cacheBytes();
        this.flush = new Flush(new DatabaseChanges(database), Flush.Sorting.BY_KEY, writer::progress, config);
        this.log = new CacheLog(config, this);
    }

    Database database() {
        return database;
    }

    ChangeRecorder recorder() {
        return recorder;
    }

    CacheLog log() {
        return log;
    }

    /** Everything in the log below is in RocksDB. */
    long flushedBefore() {
        return flush.flushedBefore();
    }

    /** Ordered tables together get a quarter of the cache: one generation under change and three that wait for the writer. */
    void add(RocksOrderedTable table) {
        ordered.add(table);
        log.limit(cacheBytes / 4 * 3);
    }

    void orderedGrew(long bytes) {
        orderedBytes += bytes;
        if (orderedBytes > cacheBytes / 16) {
            freezeAll();
        }
    }

    /** Of heap and files, approximately. */
    long sizeBytes() {
        return database.sizeBytes()
                + ordered.stream().mapToLong(RocksOrderedTable::bytes).sum()
                + log.unflushedBytes(flushedBefore());
    }

    void checkOpen() {
        if (closed) {
            throw errors.closed();
        }
    }

    void checkWriter() {
        try {
            writer.check();
            recorder.check();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void frozen(List<Page> pages) {
        checkWriter();
        recorder.record(pages, List.of(), log.frozenBefore());
    }

    @Override
    public boolean takesFrozenAhead() {
        return recorder.isRecording();
    }

    @Override
    public void flush(List<Page> pages) {
        checkWriter();
        writer.submit(() -> flush.run(pages, List.of()));
    }

    /** Has everything written that has been frozen. */
    void flushFrozen() {
        log.flushFrozen();
    }

    /** Ends the part of the cache that may be changed, and has what is new in it recorded. */
    void freezeAll() {
        checkWriter();
        List<Page> pages = log.freeze();
        List<OrderedGeneration> generations = new ArrayList<>();
        for (RocksOrderedTable table : ordered) {
            table.freeze().ifPresent(generations::add);
        }
        orderedBytes = 0;
        if (!pages.isEmpty() || !generations.isEmpty()) {
            recorder.record(pages, generations, log.frozenBefore());
        }
        if (!generations.isEmpty()) {
            writer.submit(() -> {
                flush.run(List.of(), generations);
                generations.forEach(OrderedGeneration::markFlushed);
            });
        }
    }

    @Override
    public void awaitFlushed(long address) {
        if (flush.flushedBefore() < address) {
            await(() -> flush.flushedBefore() >= address);
        }
        if (!recorder.isRecorded(address)) {
            recorder.awaitRecorded(address);
        }
    }

    void awaitFlushed(OrderedGeneration generation) {
        await(generation::flushed);
    }

    private void await(BooleanSupplier condition) {
        try {
            writer.awaitUntil(condition);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void close() {
        closed = true;
    }
}
