package stream.weir.coordinator.store;

import stream.weir.store.ObjectStore;

/** Where a snapshot is that a pipeline may begin with, though it is no checkpoint of its own folder. */
public sealed interface SnapshotPlace {
    /** A savepoint of this pipeline: {@code savepoints/NAME/} in its folder. */
    record Savepoint(String name) implements SnapshotPlace {
        private static final String FOLDER = "savepoints/";

        /** Below it are its manifest, and its files under the names that the manifest has for them. */
        public String folder() {
            return FOLDER + name + "/";
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
