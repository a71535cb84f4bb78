package stream.weir.protocol.checkpoint;

import java.util.List;
import java.util.stream.Stream;
import stream.weir.protocol.keygroup.KeyGroupRange;

/** Where the keyed state of a range of key groups is. */
public sealed interface StateHandle {
    KeyGroupRange keyGroups();

    /** The objects it refers to. */
    Stream<StoredObject> objects();

    /** Small state, held in the manifest itself. The array must not be changed. */
    record Inline(KeyGroupRange keyGroups, byte[] content) implements StateHandle {
        @Override
        public Stream<StoredObject> objects() {
            return Stream.empty();
        }
    }

    /** One file of tables, with an index of its key groups. */
    record TableFile(KeyGroupRange keyGroups, StoredObject object) implements StateHandle {
        @Override
        public Stream<StoredObject> objects() {
            return Stream.of(object);
        }
    }

    /** The files of a RocksDB database; those that did not change are shared with earlier checkpoints. */
    record RocksDb(KeyGroupRange keyGroups, List<RocksDbFile> files) implements StateHandle {
        public RocksDb {
            files = List.copyOf(files);
        }

        @Override
        public Stream<StoredObject> objects() {
            return files.stream().map(RocksDbFile::object);
        }
    }

    /** @param path the file's name within the database's folder, for instance {@code 000012.sst} */
    record RocksDbFile(String path, StoredObject object) {}
}
