package stream.weir.cli;

import java.io.IOException;
import java.util.List;
import stream.weir.coordinator.checkpoint.Entry;
import stream.weir.coordinator.savepoint.Savepoints;
import stream.weir.coordinator.store.CheckpointStore;
import stream.weir.coordinator.store.InvalidDocumentException;
import stream.weir.coordinator.store.ManifestReader;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.store.ObjectStore;

/**
 * A checkpoint or a savepoint that is complete.
 *
 * @param objects the folder to which names in the manifest are relative
 */
record StoredSnapshot(ObjectStore objects, Manifest manifest) implements AutoCloseable {
    /** Stands for the newest complete checkpoint. */
    static final String NEWEST = "newest";

    /**
     * @param which {@link #NEWEST}, the number of a checkpoint, or the name of a savepoint; {@code savepoints/NAME} for one whose name is
     *     a number
     * @throws IOException when it is not there: says what there is
     */
    static StoredSnapshot open(Stores.Place place, String which) throws IOException, InvalidDocumentException {
        return which.equals(NEWEST) || which.matches("\\d{1,18}")
                ? checkpoint(place, which)
                : savepoint(place, which.replaceFirst("^savepoints/", ""));
    }

    private static StoredSnapshot checkpoint(Stores.Place place, String which)
            throws IOException, InvalidDocumentException {
        ObjectStore objects = Stores.open(place);
        try {
            CheckpointStore store = CheckpointStore.of(objects, place.pipeline());
            List<Long> candidates =
                    which.equals(NEWEST) ? store.checkpoints().reversed() : List.of(Long.parseLong(which));
            for (long id : candidates) {
                if (store.checkpoint(id).orElse(null) instanceof Entry.Complete(Manifest manifest)) {
                    return new StoredSnapshot(objects, manifest);
                }
            }
            throw new IOException(
                    "there is no complete checkpoint " + which + "; there are entries " + store.checkpoints());
        } catch (IOException | RuntimeException e) {
            objects.close();
            throw e;
        }
    }

    private static StoredSnapshot savepoint(Stores.Place place, String name)
            throws IOException, InvalidDocumentException {
        try (ObjectStore objects = Stores.open(place)) {
            List<String> names = Savepoints.in(objects).names();
            if (!names.contains(name)) {
                throw new IOException("there is no savepoint " + name + "; there are " + names
                        + ". Checkpoints have numbers, and " + NEWEST + " is the newest");
            }
        }
        ObjectStore objects = Stores.open(place.savepoint(name));
        try {
            return new StoredSnapshot(objects, ManifestReader.at(objects, "manifest.json"));
        } catch (IOException | RuntimeException e) {
            objects.close();
            throw e;
        }
    }

    @Override
    public void close() {
        objects.close();
    }
}
