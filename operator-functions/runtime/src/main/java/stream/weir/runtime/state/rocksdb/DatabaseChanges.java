package stream.weir.runtime.state.rocksdb;

import java.io.IOException;

/** Carries changes out in a database. */
record DatabaseChanges(Database database) implements ChangeTarget {
    private static final int REMOVED_ONE_BY_ONE = 64;

    @Override
    public void write(byte[] batch) throws IOException {
        database.write(batch);
    }

    /** A few entries are removed one by one, as marks of removed ranges slow all reads down until they are compacted. */
    @Override
    public void removePane(int family, byte[] prefix) throws IOException {
        BatchBytes batch = new BatchBytes();
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
