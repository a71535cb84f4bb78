package stream.weir.runtime.state.rocksdb;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import stream.weir.runtime.state.rocksdb.BatchBytes.Reader;

/**
 * Makes recorded changes again in a database. They were recorded as they lay in the cache, in no order of keys; here as many as fit the
 * room are put in order, as that is how a database takes them in quickly. Used on one thread at a time.
 */
final class Replay implements ChangeTarget {
    private static final int ROOM_BYTES = 16 << 20;

    /** What an entry of a page has at most beyond what it takes in a batch. */
    private static final int ENTRY_BYTES = Page.HEADER + Long.BYTES;

    private final ChangeTarget database;
    private final Flush flush;
    private final Map<Integer, EncodedKey> keys = new HashMap<>();
    private final List<Page> pages = new ArrayList<>();
    private long bytes;

    Replay(ChangeTarget database, RocksDbConfig config) {
        this.database = database;
        this.flush = new Flush(database, Flush.Sorting.BY_KEY, () -> {}, config);
    }

    @Override
    public void write(byte[] batch) throws IOException {
        int room = Math.addExact(Page.FIRST_ENTRY + batch.length, BatchBytes.count(batch) * ENTRY_BYTES);
        Page page = new Page(room).reuse(pages.size());
        BatchBytes.read(batch, new Filling(page));
        pages.add(page);
        bytes += room;
        if (bytes >= ROOM_BYTES) {
            flush();
        }
    }

    @Override
    public void removePane(int family, byte[] prefix) throws IOException {
        flush();
        database.removePane(family, prefix);
    }

    /** Makes those that are left. */
    void flush() throws IOException {
        flush.run(pages, List.of());
        pages.clear();
        bytes = 0;
    }

    private EncodedKey key(int family, byte[] batch, int key, int keyLength) {
        return keys.computeIfAbsent(family, EncodedKey::new).set(batch, key, keyLength);
    }

    /** Fills a page with what is in a batch. */
    private final class Filling implements Reader {
        private final Page page;

        Filling(Page page) {
            this.page = page;
        }

        @Override
        public void put(int family, byte[] batch, int key, int keyLength, int value, int valueLength) {
            int at = page.append(key(family, batch, key, keyLength), Page.PUT, 0, valueLength);
            page.setValue(at, Page.PUT, batch, value, valueLength);
        }

        @Override
        public void delete(int family, byte[] batch, int key, int keyLength) {
            page.append(key(family, batch, key, keyLength), Page.REMOVED, 0, 0);
        }
    }
}
