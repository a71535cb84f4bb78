package stream.weir.runtime.state.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import stream.weir.protocol.checkpoint.StateHandle.RocksDb;
import stream.weir.protocol.checkpoint.StateHandle.RocksDbFile;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.runtime.state.StateFiles;

/**
 * What of this very database the last completed checkpoint has. RocksDB never uses a file number twice within one database, and epochs are
 * counted, so a name means the same file as long as nothing but this database is the source: names of another replica, another attempt
 * or another restore never get in here, and neither do those of checkpoints that were not completed. Safe for use by any number of
 * threads.
 */
final class SharedFiles {
    private static final Content NOTHING = new Content(Content.NO_EPOCH, List.of(), List.of());

    private final TreeMap<Long, Content> pending = new TreeMap<>();
    private Content base;
    private Map<String, StoredObject> named;
    private long completed;

    /**
     * What a checkpoint has.
     *
     * @param epoch that the linked database ends with, {@link #NO_EPOCH} where that and its changes are not all of this database
     * @param linked files of the database as it was linked
     * @param changes since then
     */
    record Content(long epoch, List<RocksDbFile> linked, List<RocksDbFile> changes) {
        static final long NO_EPOCH = -1;

        /** What a handle holds; the epochs of changes are in their names. */
        static Content of(RocksDb handle) {
            List<RocksDbFile> linked = new ArrayList<>();
            List<RocksDbFile> changes = new ArrayList<>();
            for (RocksDbFile file : handle.files()) {
                (ChangeFile.isNameOfOne(file.path()) ? changes : linked).add(file);
            }
            long first = changes.stream()
                    .mapToLong(file -> ChangeFile.epoch(file.path()))
                    .min()
                    .orElse(1);
            return new Content(first - 1, linked, changes);
        }

        List<RocksDbFile> files() {
            return Stream.concat(linked.stream(), changes.stream()).toList();
        }
    }

    /** @param base what of this database is in the store since before it was opened */
    SharedFiles(Content base) {
        this.base = base;
        this.named = named(base);
    }

    private static Map<String, StoredObject> named(Content content) {
        return content.files().stream()
                .filter(file -> StateFiles.isFinal(file.path()))
                .collect(Collectors.toMap(RocksDbFile::path, RocksDbFile::object));
    }

    /** The stored form of a file, if a completed checkpoint has it. */
    Optional<StoredObject> find(Path file) throws IOException {
        long bytes = Files.size(file);
        synchronized (this) {
            return Optional.ofNullable(named.get(file.getFileName().toString()))
                    .filter(object -> object.bytes() == bytes);
        }
    }

    /** What the last completed checkpoint has; of no epoch where that was made by another database. */
    synchronized Content base() {
        return base;
    }

    /** The oldest epoch that a checkpoint is built on which is stored and may complete, the largest number where there is none. */
    synchronized long oldestPending() {
        return pending.values().stream()
                .mapToLong(Content::epoch)
                .filter(epoch -> epoch != Content.NO_EPOCH)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** A checkpoint has begun. */
    synchronized void begin(long checkpoint) {
        pending.put(checkpoint, NOTHING);
    }

    /** What a checkpoint consists of; forgotten when that has been aborted meanwhile. */
    synchronized void stored(long checkpoint, Content content) {
        pending.computeIfPresent(checkpoint, (id, none) -> content);
    }

    synchronized void completed(long checkpoint) {
        Content content = pending.get(checkpoint);
        if (content != null && checkpoint > completed) {
            base = content;
            named = named(content);
            completed = checkpoint;
        }
        pending.headMap(checkpoint, true).clear();
    }

    synchronized void aborted(long checkpoint) {
        pending.remove(checkpoint);
    }
}
