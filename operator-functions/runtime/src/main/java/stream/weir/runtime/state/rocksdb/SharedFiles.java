package stream.weir.runtime.state.rocksdb;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import stream.weir.protocol.checkpoint.StoredObject;

/**
 * Which files of this very database the last completed checkpoint has. RocksDB never uses a file number twice within one database, so
 * a name means the same file as long as nothing but this database is the source: names of another replica, another attempt or another
 * restore never get in here, and neither do those of checkpoints that were not completed. Safe for use by any number of threads.
 */
final class SharedFiles {
    private final TreeMap<Long, Map<String, StoredObject>> pending = new TreeMap<>();
    private Map<String, StoredObject> base;
    private long completed;

    /** @param base the files this database was opened from, by name */
    SharedFiles(Map<String, StoredObject> base) {
        this.base = Map.copyOf(base);
    }

    /** The stored form of a file, if a completed checkpoint has it. */
    synchronized Optional<StoredObject> find(String name, long bytes) {
        return Optional.ofNullable(base.get(name)).filter(object -> object.bytes() == bytes);
    }

    /** A checkpoint has begun. */
    synchronized void begin(long checkpoint) {
        pending.put(checkpoint, Map.of());
    }

    /** What a checkpoint consists of; forgotten when that has been aborted meanwhile. */
    synchronized void stored(long checkpoint, Map<String, StoredObject> files) {
        pending.computeIfPresent(checkpoint, (id, none) -> new HashMap<>(files));
    }

    synchronized void completed(long checkpoint) {
        Map<String, StoredObject> files = pending.get(checkpoint);
        if (files != null && checkpoint > completed) {
            base = files;
            completed = checkpoint;
        }
        pending.headMap(checkpoint, true).clear();
    }

    synchronized void aborted(long checkpoint) {
        pending.remove(checkpoint);
    }
}
