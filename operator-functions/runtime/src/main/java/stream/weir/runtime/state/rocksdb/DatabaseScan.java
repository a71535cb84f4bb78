package stream.weir.runtime.state.rocksdb;

import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/** Entries of a range as they were when it was opened. Used on one thread and closed. */
final class DatabaseScan implements AutoCloseable {
    private final ReadOptions options;
    private final Slice end;
    private final RocksIterator iterator;
    private final RocksDbErrors errors;
    private byte[] key = new byte[64];
    private byte[] value = new byte[256];
    private int keyLength;
    private boolean valid;

    private DatabaseScan(ReadOptions options, Slice end, RocksIterator iterator, RocksDbErrors errors) {
        this.options = options;
        this.end = end;
        this.iterator = iterator;
        this.errors = errors;
    }

    /** What becomes of blocks that are read. */
    enum Blocks {
        CACHED,
        NOT_CACHED
    }

    /** Stands before the first entry; an empty {@code to} means no end. */
    static DatabaseScan open(
            RocksDB db, Database.Family family, byte[] from, byte[] to, Blocks blocks, RocksDbErrors errors) {
        Slice end = new Slice(to);
        ReadOptions options = new ReadOptions().setFillCache(blocks == Blocks.CACHED);
        if (to.length > 0) {
            options.setIterateUpperBound(end);
        }
        DatabaseScan scan = new DatabaseScan(options, end, db.newIterator(family.handle(), options), errors);
        scan.seek(from);
        return scan;
    }

    void seek(byte[] to) {
        iterator.seek(to);
        load();
    }

    void next() {
        iterator.next();
        load();
    }

    boolean valid() {
        return valid;
    }

    /** Its first {@link #keyLength()} bytes are valid until the scan moves. */
    byte[] key() {
        return key;
    }

    int keyLength() {
        return keyLength;
    }

    /** Shows the value; valid until the next call. */
    void value(stream.weir.runtime.state.Slice shown) {
        int length = iterator.value(value);
        if (length > value.length) {
            value = new byte[length * 2];
            iterator.value(value);
        }
        shown.set(value, 0, length);
    }

    private void load() {
        valid = iterator.isValid();
        if (!valid) {
            try {
                iterator.status();
            } catch (RocksDBException e) {
                throw errors.unchecked("read", e);
            }
            return;
        }
        keyLength = iterator.key(key);
        if (keyLength > key.length) {
            key = new byte[keyLength * 2];
            iterator.key(key);
        }
    }

    @Override
    public void close() {
        iterator.close();
        options.close();
        end.close();
    }
}
