package stream.weir.coordinator.savepoint;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import stream.weir.coordinator.checkpoint.Entry;
import stream.weir.coordinator.store.CheckpointStore;
import stream.weir.coordinator.store.InvalidDocumentException;
import stream.weir.coordinator.store.ManifestJson;
import stream.weir.coordinator.store.SnapshotPlace;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.store.ObjectStore;
import stream.weir.store.ObjectStore.Created;
import stream.weir.store.ObjectStore.ObjectInfo;
import stream.weir.store.StoreException;

/**
 * The savepoints in a pipeline's folder. Each is a folder of its own, {@code savepoints/NAME/}, with {@code manifest.json} and the
 * files that it names: it may be copied away as it is. There is a savepoint if and only if its manifest is there, which is created
 * last and once.
 */
public final class Savepoints {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private final ObjectStore objects;

    private Savepoints(ObjectStore objects) {
        this.objects = objects;
    }

    /** @param objects the pipeline's own folder; the caller closes it */
    public static Savepoints in(ObjectStore objects) {
        return new Savepoints(objects);
    }

    /** What came of making a savepoint. */
    public enum Made {
        /** It is there, from now on or since an earlier attempt. */
        DONE,
        /** Another savepoint has the name; it was not touched. */
        NAME_TAKEN
    }

    /** What is wrong with a name; empty when nothing is. */
    public static Optional<String> problemWith(String name) {
        return NAME.matcher(name).matches()
                ? Optional.empty()
                : Optional.of("'" + name + "' is no name for a savepoint: it has 1 to 63 small letters, digits and '-',"
                        + " and begins and ends with a letter or digit");
    }

    /** Names of all that are there, in order. */
    public List<String> names() throws StoreException {
        List<String> all = objects.list(SnapshotPlace.Savepoint.ALL).stream()
                .map(ObjectInfo::name)
                .toList();
        return SnapshotPlace.Savepoint.among(all).stream()
                .map(SnapshotPlace.Savepoint::name)
                .sorted()
                .toList();
    }

    /**
     * The manifest of a savepoint, as it was taken: names of objects are relative to the savepoint's folder.
     *
     * @throws InvalidDocumentException naming the object and what is wrong with it
     */
    public Optional<Manifest> read(String name) throws StoreException, InvalidDocumentException {
        String manifest = place(name).manifest();
        String location = objects.location() + "/" + manifest;
        Optional<byte[]> content = objects.read(manifest, CheckpointStore.MAX_DOCUMENT_BYTES);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        if (ManifestJson.read(location, content.get()) instanceof Entry.Complete complete) {
            return Optional.of(complete.manifest());
        }
        throw new InvalidDocumentException(
                location + " is the mark of an aborted checkpoint, where a manifest has to be");
    }

    /**
     * Copies a complete checkpoint. May be tried again after an error, also by another process: what is there already is copied
     * once more, and the manifest is created once.
     *
     * @param checkpoint of the same folder; its files must not be deleted meanwhile
     * @throws IllegalArgumentException for a name that {@link #problemWith} refuses
     */
    public Made make(String name, Manifest checkpoint) throws StoreException {
        problemWith(name).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        SnapshotPlace.Savepoint place = place(name);
        byte[] manifest = ManifestJson.write(new Entry.Complete(checkpoint));
        Optional<byte[]> found = objects.read(place.manifest(), CheckpointStore.MAX_DOCUMENT_BYTES);
        if (found.isPresent()) {
            return of(found.get(), manifest);
        }
        List<String> names =
                checkpoint.objects().map(StoredObject::name).distinct().toList();
        for (String each : names) {
            objects.copy(each, place.folder() + each);
        }
        requireAll(place, names);
        return create(place, manifest);
    }

    /** What an attempt before this one has left may be deleted when it is old, at the very time of this one. */
    private void requireAll(SnapshotPlace.Savepoint place, List<String> names) throws StoreException {
        Set<String> there =
                objects.list(place.folder()).stream().map(ObjectInfo::name).collect(Collectors.toSet());
        for (String each : names) {
            if (!there.contains(place.folder() + each)) {
                throw new StoreException(
                        objects.location() + "/" + place.folder() + each
                                + " was copied and is gone; the savepoint is not made: try again",
                        StoreException.Outcome.NOT_APPLIED);
            }
        }
    }

    private Made create(SnapshotPlace.Savepoint place, byte[] manifest) throws StoreException {
        if (objects.create(place.manifest(), manifest) == Created.CREATED) {
            return Made.DONE;
        }
        return of(
                objects.read(place.manifest(), CheckpointStore.MAX_DOCUMENT_BYTES)
                        .orElseThrow(() -> new StoreException(
                                objects.location() + "/" + place.manifest() + " was there and is gone",
                                StoreException.Outcome.UNKNOWN)),
                manifest);
    }

    private static Made of(byte[] found, byte[] wanted) {
        return Arrays.equals(found, wanted) ? Made.DONE : Made.NAME_TAKEN;
    }

    private static SnapshotPlace.Savepoint place(String name) {
        return new SnapshotPlace.Savepoint(name);
    }
}
