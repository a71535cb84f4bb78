package stream.weir.runtime.state.rocksdb;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes recorded changes again. Those of values go back into the cache, where they came from: nothing has to be put in order, and RocksDB
 * gets them when their room is wanted or the database is linked. Those of ordered tables were recorded in order and go into the database,
 * before the tables are opened. Used on the replica's thread.
 */
final class Replay implements ChangeTarget, BatchBytes.Reader {
    private static final int BATCH_BYTES = 256 << 10;

    private final RocksDbBackend backend;
    private final Database database;
    private final RecordedChanges changes;
    private final Map<Integer, Target> targets = new HashMap<>();
    private final BatchBytes ordered = new BatchBytes();

    /** Where the changes of a table go. */
    private interface Target {
        void put(byte[] batch, int key, int keyLength, int value, int valueLength);

        void delete(byte[] batch, int key, int keyLength);
    }

    Replay(RocksDbBackend backend, Database database, RecordedChanges changes) {
        this.backend = backend;
        this.database = database;
        this.changes = changes;
    }

    void run() throws IOException {
        for (Path file : changes.files()) {
            ChangeFile.replay(file, this);
        }
        writeOrdered();
    }

    @Override
    public void write(byte[] batch) throws IOException {
        BatchBytes.read(batch, this);
        if (ordered.size() > BATCH_BYTES) {
            writeOrdered();
        }
    }

    @Override
    public void removePane(int family, byte[] prefix) throws IOException {
        int keyGroup = KeyCode.keyGroup(prefix, 0);
        if (changes.keyGroups().contains(keyGroup)) {
            values(name(family)).removePane(keyGroup, KeyCode.pane(prefix));
        }
    }

    @Override
    public void put(int family, byte[] batch, int key, int keyLength, int value, int valueLength) throws IOException {
        if (changes.keyGroups().contains(KeyCode.keyGroup(batch, key))) {
            target(family).put(batch, key, keyLength, value, valueLength);
        }
    }

    @Override
    public void delete(int family, byte[] batch, int key, int keyLength) throws IOException {
        if (changes.keyGroups().contains(KeyCode.keyGroup(batch, key))) {
            target(family).delete(batch, key, keyLength);
        }
    }

    private Target target(int family) throws IOException {
        Target target = targets.get(family);
        if (target == null) {
            byte[] name = name(family);
            target = TableKind.of(name) == TableKind.VALUE ? new Values(values(name)) : new Ordered(familyId(name));
            targets.put(family, target);
        }
        return target;
    }

    private byte[] name(int family) throws IOException {
        byte[] name = changes.families().get(family);
        if (name == null) {
            throw new IOException("changes in " + changes.files() + " are of column family " + family
                    + ", which their database does not have: its families are "
                    + changes.families().keySet());
        }
        return name;
    }

    private RocksValueTable values(byte[] familyName) {
        return backend.values(TableKind.table(familyName));
    }

    private int familyId(byte[] name) {
        return database.find(name).orElseGet(() -> database.create(name)).id();
    }

    private void writeOrdered() throws IOException {
        if (!ordered.isEmpty()) {
            database.write(ordered.toByteArray());
            ordered.clear();
        }
    }

    private record Values(RocksValueTable table) implements Target {
        @Override
        public void put(byte[] batch, int key, int keyLength, int value, int valueLength) {
            table.putAgain(batch, key, keyLength, value, valueLength);
        }

        @Override
        public void delete(byte[] batch, int key, int keyLength) {
            table.removeAgain(batch, key, keyLength);
        }
    }

    private final class Ordered implements Target {
        private final int family;

        Ordered(int family) {
            this.family = family;
        }

        @Override
        public void put(byte[] batch, int key, int keyLength, int value, int valueLength) {
            ordered.put(family, batch, key, keyLength, value, valueLength);
        }

        @Override
        public void delete(byte[] batch, int key, int keyLength) {
            ordered.delete(family, batch, key, keyLength);
        }
    }
}
