package stream.weir.runtime.state.rocksdb;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Takes what is new in frozen parts of the cache to a target. Used on one thread at a time. */
final class Flush {
    private static final int BATCH_BYTES = 256 << 10;

    private final ChangeTarget target;
    private final Sorting sorting;
    private final Runnable progress;
    private final int pageShift;
    private final BatchBytes batch = new BatchBytes();
    private final KeyOrder order = new KeyOrder();
    private volatile long flushedBefore;

    /** The order in which a target gets the changes of pages. */
    enum Sorting {
        /** That of keys, which a database takes in with less work. */
        BY_KEY,
        /** As they lie there, which takes the least time. */
        NONE
    }

    /** @param progress runs whenever {@link #flushedBefore} may have grown */
    Flush(ChangeTarget target, Sorting sorting, Runnable progress, RocksDbConfig config) {
        this.target = target;
        this.sorting = sorting;
        this.progress = progress;
        this.pageShift = Integer.numberOfTrailingZeros(config.pageBytes());
    }

    /** Every entry below is there. Read by any thread; only grows. */
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
                write();
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
        progress.run();
    }

    private void flushed(Page page) {
        flushedBefore = page.number() + 1 << pageShift;
        progress.run();
    }

    /** Removals of panes are kept in their place, and of two changes of a key the later one stays behind. */
    private void collect(Page page) throws IOException {
        for (int at = Page.FIRST_ENTRY; at < page.end(); at = page.next(at)) {
            switch (page.kind(at)) {
                case Page.PUT, Page.REMOVED -> change(page, at);
                case Page.PANE_REMOVED -> {
                    writeOrdered();
                    target.removePane(
                            page.family(at), Arrays.copyOfRange(page.data, page.keyOffset(at), page.valueOffset(at)));
                }
                default -> {}
            }
        }
    }

    private void change(Page page, int at) throws IOException {
        if (sorting == Sorting.NONE) {
            take(page, at);
            return;
        }
        order.add(page, at);
        if (order.isFull()) {
            writeOrdered();
        }
    }

    private void writeOrdered() throws IOException {
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
    }

    private void write() throws IOException {
        if (!batch.isEmpty()) {
            target.write(batch.toByteArray());
            batch.clear();
        }
    }
}
