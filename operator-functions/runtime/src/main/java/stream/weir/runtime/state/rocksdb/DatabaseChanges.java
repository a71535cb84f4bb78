package stream.weir.runtime.state.rocksdb;

import java.io.IOException;

/** Carries changes out in a database. */
final class DatabaseChanges implements ChangeTarget {
    private static final int REMOVED_ONE_BY_ONE = 64;

    private final Database database;
    private final BatchBytes batch = new BatchBytes();

    DatabaseChanges(Database database) {
        this.database = database;
    }

    @Override
    public void write(byte[] batch) throws IOException {
        database.write(batch);
    }

    /** A few entries are removed one by one, as marks of removed ranges slow all reads down until they are compacted. */
    @Override
    public void removePane(int family, byte[] prefix) throws IOException {
        batch.clear();
        byte[] to = KeyCode.after(prefix);
        try (DatabaseScan scan = database.scan(database.family(family), prefix, to)) {
            for (int i = 0; scan.valid() && i < REMOVED_ONE_BY_ONE; i++) {
                batch.delete(family, scan.key(), 0, scan.keyLength());
                scan.next();
            }
            if (scan.valid()) {
                batch.clear();
                batch.deleteRange(family, prefix, to);
            }
        }
        if (!batch.isEmpty()) {
            database.write(batch.toByteArray());
        }
    }
}
