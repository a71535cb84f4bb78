package stream.weir.coordinator.store;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import stream.weir.store.ObjectStore;

/** Where a snapshot is that a pipeline may begin with, though it is no checkpoint of its own folder. */
public sealed interface SnapshotPlace {
    /** A savepoint of this pipeline: {@code savepoints/NAME/} in its folder. */
    record Savepoint(String name) implements SnapshotPlace {
        /** Begins the name of each object that belongs to a savepoint. */
        public static final String ALL = "savepoints/";

        /** The savepoint to whose folder an object belongs, whether or not its manifest is there. */
        public static Optional<Savepoint> holding(String object) {
            int end = object.indexOf('/', ALL.length());
            return object.startsWith(ALL) && end > 0
                    ? Optional.of(new Savepoint(object.substring(ALL.length(), end)))
                    : Optional.empty();
        }

        /** The savepoints that there are, where these are the objects: those whose manifest is among them. */
        public static Set<Savepoint> among(Collection<String> objects) {
            return objects.stream()
                    .flatMap(object ->
                            holding(object).filter(each -> each.manifest().equals(object)).stream())
                    .collect(Collectors.toSet());
        }

        /** Below it are its manifest, and its files under the names that the manifest has for them. */
        public String folder() {
            return ALL + name + "/";
        }

        public String manifest() {
            return folder() + "manifest.json";
        }

        @Override
        public String toString() {
            return "savepoint " + name;
        }
    }

    /**
     * Any folder with a manifest and its files, of whichever pipeline: a savepoint's, or a pipeline's own.
     *
     * @param folder to which the names in the manifest are relative; the caller closes it
     * @param manifest for instance {@code manifest.json} or {@code checkpoints/0000000042.json}
     */
    record Elsewhere(ObjectStore folder, String manifest) implements SnapshotPlace {
        @Override
        public String toString() {
            return folder.location() + "/" + manifest;
        }
    }
}
