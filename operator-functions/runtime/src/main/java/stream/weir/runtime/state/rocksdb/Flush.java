package stream.weir.runtime.state.rocksdb;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Writes what is new in frozen parts of the cache to RocksDB. Runs as work of the {@link SerialWriter}, so on one thread at a time. */
final class Flush {
    private static final int BATCH_BYTES = 256 << 10;
    private static final int REMOVED_ONE_BY_ONE = 64;

    private final Database database;
    private final SerialWriter writer;
    private final int pageShift;
    private final BatchBytes batch = new BatchBytes();
    private final KeyOrder order = new KeyOrder();
    private volatile long flushedBefore;

    Flush(Database database, SerialWriter writer, RocksDbConfig config) {
        this.database = database;
        this.writer = writer;
        this.pageShift = Integer.numberOfTrailingZeros(config.pageBytes());
    }

    /** Every entry below is in RocksDB. Read by any thread; only grows. */
    long flushedBefore() {
        return flushedBefore;
    }

    /** @param pages oldest first, right behind those of the run before */
    void run(List<Page> pages, List<OrderedGeneration> generations) throws IOException {
        for (Page page : pages) {
            if (page.dirty()) {
                collect(page);
            }
            if (order.isEmpty()) {
                flushed(page);
            }
        }
        if (!order.isEmpty()) {
            writeOrdered();
            flushed(pages.getLast());
        }
        for (OrderedGeneration generation : generations) {
            flush(generation);
        }
        writer.progress();
    }

    private void flushed(Page page) {
        flushedBefore = page.number() + 1 << pageShift;
        writer.progress();
    }

    /** A run has at most one change of a key between two removals of panes, so these alone are kept in their place. */
    private void collect(Page page) throws IOException {
        for (int at = Page.FIRST_ENTRY; at < page.end(); at = page.next(at)) {
            switch (page.kind(at)) {
                case Page.PUT, Page.REMOVED -> {
                    order.add(page, at);
                    if (order.isFull()) {
                        writeOrdered();
                    }
                }
                case Page.PANE_REMOVED -> {
                    writeOrdered();
                    removePane(page, at);
                    write();
                }
                default -> {}
            }
        }
    }

    private void writeOrdered() throws IOException {
        batch.clear();
        order.drainTo(this::take);
        write();
    }

    private void take(Page page, int at) throws IOException {
        if (page.kind(at) == Page.PUT) {
            batch.put(page, at);
        } else {
            batch.delete(page.family(at), page.data, page.keyOffset(at), page.keyLength(at));
        }
        if (batch.size() > BATCH_BYTES) {
            write();
        }
    }

    private void flush(OrderedGeneration generation) throws IOException {
        batch.clear();
        for (var entry : generation.entries()) {
            byte[] value = entry.getValue();
            if (value == OrderedGeneration.REMOVED) {
                batch.delete(generation.family(), entry.getKey(), 0, entry.getKey().length);
            } else {
                batch.put(generation.family(), entry.getKey(), value);
            }
            if (batch.size() > BATCH_BYTES) {
                write();
            }
        }
        write();
        generation.markFlushed();
    }

    /** A few entries are removed one by one, as marks of removed ranges slow all reads down until they are compacted. */
    private void removePane(Page page, int at) throws IOException {
        byte[] from = Arrays.copyOfRange(page.data, page.keyOffset(at), page.valueOffset(at));
        byte[] to = KeyCode.after(from);
        int family = page.family(at);
        try (DatabaseScan scan = database.scan(database.family(family), from, to)) {
            for (int i = 0; scan.valid() && i < REMOVED_ONE_BY_ONE; i++) {
                batch.delete(family, scan.key(), 0, scan.keyLength());
                scan.next();
            }
            if (scan.valid()) {
                batch.clear();
                batch.deleteRange(family, from, to);
            }
        }
    }

    private void write() throws IOException {
        if (!batch.isEmpty()) {
            database.write(batch);
            batch.clear();
        }
    }
}
