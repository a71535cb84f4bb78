package stream.weir.runtime.state.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.Options;
import org.rocksdb.PerfContext;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import stream.weir.protocol.checkpoint.StateSize;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.state.StateFigures;

/**
 * An open RocksDB database with its column families. Reading and writing may run at the same time; closing may not run beside
 * anything, which the backend sees to.
 */
final class Database implements AutoCloseable {
    private final RocksDB db;
    private final TableOptions options;
    private final RocksDbErrors errors;
    private final ReadOptions reading = new ReadOptions();
    private final WriteOptions writing = new WriteOptions().setDisableWAL(true);
    private final ConcurrentMap<Integer, Family> families = new ConcurrentHashMap<>();

    /** A column family. */
    record Family(int id, byte[] name, ColumnFamilyHandle handle) {}

    private Database(RocksDB db, TableOptions options, RocksDbErrors errors) {
        this.db = db;
        this.options = options;
        this.errors = errors;
    }

    /** Opens what is in {@code folder}, or creates it; takes over {@code options}, also when it fails. */
    static Database open(Path folder, TableOptions options, RocksDbErrors errors) throws IOException {
        try {
            List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
            for (byte[] name : familyNames(folder)) {
                descriptors.add(new ColumnFamilyDescriptor(name, options.family()));
            }
            List<ColumnFamilyHandle> handles = new ArrayList<>();
            String path = folder.toString();
            RocksDB db = RocksDB.open(options.database(), path, descriptors, handles);
            Database database = new Database(db, options, errors);
            for (int i = 0; i < handles.size(); i++) {
                database.add(descriptors.get(i).getName(), handles.get(i));
            }
            return database;
        } catch (RocksDBException e) {
            options.close();
            throw errors.failed("open", e);
        } catch (RuntimeException e) {
            options.close();
            throw e;
        }
    }

    private static List<byte[]> familyNames(Path folder) throws RocksDBException {
        if (!Files.exists(folder.resolve("CURRENT"))) {
            return List.of(RocksDB.DEFAULT_COLUMN_FAMILY);
        }
        try (Options plain = new Options()) {
            return RocksDB.listColumnFamilies(plain, folder.toString());
        }
    }

    private Family add(byte[] name, ColumnFamilyHandle handle) {
        Family family = new Family(handle.getID(), name, handle);
        families.put(family.id(), family);
        return family;
    }

    Family family(int id) {
        Family family = families.get(id);
        if (family == null) {
            throw new IllegalStateException("no column family " + id + " in the state of " + errors.scope());
        }
        return family;
    }

    Optional<Family> find(byte[] name) {
        return families.values().stream()
                .filter(f -> Arrays.equals(f.name(), name))
                .findFirst();
    }

    /** All families but the default one, which is not used. */
    List<Family> tables() {
        return families.values().stream().filter(f -> f.id() != 0).toList();
    }

    Family create(byte[] name) {
        try {
            return add(name, db.createColumnFamily(new ColumnFamilyDescriptor(name, options.family())));
        } catch (RocksDBException e) {
            throw errors.unchecked("add a table to", e);
        }
    }

    /** Length of the value, of which as much as fits is in {@code into}; {@link RocksDB#NOT_FOUND} where there is none. */
    int get(Family family, byte[] key, int keyLength, byte[] into) {
        try {
            return db.get(family.handle(), reading, key, 0, keyLength, into, 0, into.length);
        } catch (RocksDBException e) {
            throw errors.unchecked("read", e);
        }
    }

    /** @param to exclusive; empty means no end */
    DatabaseScan scan(Family family, byte[] from, byte[] to) {
        return DatabaseScan.open(db, family, from, to, DatabaseScan.Blocks.CACHED, errors);
    }

    /** As {@link #scan}, for what is read once: others of this process keep their blocks in the cache. */
    DatabaseScan scanOnce(Family family, byte[] from, byte[] to) {
        return DatabaseScan.open(db, family, from, to, DatabaseScan.Blocks.NOT_CACHED, errors);
    }

    /** @param batch in RocksDB's form, see {@link BatchBytes} */
    void write(byte[] batch) throws IOException {
        try (WriteBatch rocks = new WriteBatch(batch)) {
            db.write(writing, rocks);
        } catch (RocksDBException e) {
            throw errors.failed("write", e);
        }
    }

    /** Removes all other key groups from all tables: whole files at once, the rest by marks that compaction follows later. */
    void removeOutside(KeyGroupRange keyGroups) throws IOException {
        byte[] first = KeyCode.group(keyGroups.first());
        byte[] end = KeyCode.after(KeyCode.group(keyGroups.last()));
        BatchBytes marks = new BatchBytes();
        try {
            for (Family family : tables()) {
                db.deleteFilesInRanges(family.handle(), List.of(KeyCode.group(0), first, end, KeyCode.END), false);
                marks.deleteRange(family.id(), KeyCode.group(0), first);
                marks.deleteRange(family.id(), end, KeyCode.END);
            }
        } catch (RocksDBException e) {
            throw errors.failed("take key groups out of", e);
        }
        if (!marks.isEmpty()) {
            write(marks.toByteArray());
        }
    }

    /** For files to be taken over by {@link #ingest}; to be closed. */
    Options fileOptions() {
        return new Options(options.database(), options.family());
    }

    /** Takes over files with keys that are not in this database yet. */
    void ingest(Family family, List<Path> files) throws IOException {
        try (IngestExternalFileOptions ingest = new IngestExternalFileOptions().setMoveFiles(true)) {
            db.ingestExternalFile(
                    family.handle(), files.stream().map(Path::toString).toList(), ingest);
        } catch (RocksDBException e) {
            throw errors.failed("take files into", e);
        }
    }

    /** Writes everything to files and links them into {@code folder}, which must not exist. */
    void checkpoint(Path folder) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.create(db)) {
            checkpoint.createCheckpoint(folder.toString());
        } catch (RocksDBException e) {
            throw errors.failed("capture", e);
        }
    }

    /** How much of the files each table takes. They hold what was overwritten, too, until it is compacted away. */
    List<StateSize> tableSizes() {
        return tables().stream()
                .map(family -> new StateSize(
                        TableKind.table(family.name()), property(family, "rocksdb.live-sst-files-size"), true))
                .sorted(Comparator.comparing(StateSize::state))
                .toList();
    }

    /** Of live data, estimated. */
    long sizeBytes() {
        long bytes = 0;
        for (Family family : families.values()) {
            bytes += property(family, "rocksdb.estimate-live-data-size");
            bytes += property(family, "rocksdb.cur-size-all-mem-tables");
        }
        return bytes;
    }

    /**
     * @param bytes of all state, as it is known elsewhere
     * @param cache in front of the database
     * @param blocks of the thread that reads
     */
    StateFigures figures(long bytes, CacheLog cache, BlockReads.Counts blocks) {
        return new StateFigures(
                bytes,
                tables().stream()
                        .findFirst()
                        .map(family -> property(family, "rocksdb.block-cache-usage"))
                        .orElse(0L),
                sum("rocksdb.size-all-mem-tables"),
                sum("rocksdb.total-sst-files-size"),
                sum("rocksdb.estimate-pending-compaction-bytes"),
                cache.hits(),
                cache.misses(),
                blocks.hits(),
                blocks.misses());
    }

    /** Of any database. */
    PerfContext readsOfThisThread() {
        return db.getPerfContext();
    }

    private long sum(String name) {
        return families.values().stream()
                .mapToLong(family -> property(family, name))
                .sum();
    }

    private long property(Family family, String name) {
        try {
            return db.getLongProperty(family.handle(), name);
        } catch (RocksDBException e) {
            throw errors.unchecked("measure", e);
        }
    }

    @Override
    public void close() {
        db.cancelAllBackgroundWork(true);
        families.values().forEach(f -> f.handle().close());
        db.close();
        reading.close();
        writing.close();
        options.close();
    }
}
