package stream.weir.coordinator.store;

import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import stream.weir.coordinator.store.SnapshotPlace.Savepoint;
import stream.weir.store.ObjectStore;
import stream.weir.store.ObjectStore.ObjectInfo;
import stream.weir.store.StoreException;

/**
 * Deletes what a pipeline has in its folder, but for savepoints, which belong to whoever asked for them, and the lease, by which a
 * coordinator holds the office while it deletes. May be broken off and done again at any point:
 *
 * <ul>
 *   <li>Checkpoints go before the files that they name: no manifest ever names what is not there.
 *   <li>Marks of complete checkpoints go after all checkpoints: a start in between is refused as one that would be empty.
 *   <li>The owner goes last: nobody else takes a folder in which there is still something.
 * </ul>
 *
 * To be called when nothing writes there any more. One thread.
 */
public final class DataDeletion {
    private static final String LEASE = "lease";
    private static final int BATCH = 500;
    private static final List<String> FIRST = List.of("checkpoints/", "files/");
    private static final List<String> LAST = List.of("runs/", "stops/", "drains/", "wishes/", "completed/", "terms/");
    private static final String OWNER = "owner.json";

    private final ObjectStore objects;
    private long deleted;

    private DataDeletion(ObjectStore objects) {
        this.objects = objects;
    }

    /** @param objects the pipeline's own folder; the caller closes it */
    public static DataDeletion in(ObjectStore objects) {
        return new DataDeletion(objects);
    }

    /**
     * @param goesOn asked before each batch of at most 500 objects
     * @return how many objects were deleted
     * @throws StoreException when something is left; begin again, with a new object
     */
    public long run(BooleanSupplier goesOn) throws StoreException {
        for (String folder : FIRST) {
            delete(names(folder), goesOn);
        }
        List<String> all = names("");
        Set<Savepoint> savepoints = Savepoint.among(all);
        List<String> strange = all.stream()
                .filter(name -> !isKept(name, savepoints) && !isLast(name))
                .toList();
        delete(strange, goesOn);
        for (String folder : LAST) {
            delete(names(folder), goesOn);
        }
        delete(names(OWNER), goesOn);
        return deleted;
    }

    private void delete(List<String> names, BooleanSupplier goesOn) throws StoreException {
        for (int from = 0; from < names.size(); from += BATCH) {
            if (!goesOn.getAsBoolean()) {
                throw new StoreException(
                        "Cannot delete the data in " + objects.location() + ": this coordinator leads no more; "
                                + deleted + " objects are deleted, the others are there: ask the one that leads",
                        StoreException.Outcome.NOT_APPLIED);
            }
            List<String> batch = names.subList(from, Math.min(names.size(), from + BATCH));
            objects.delete(batch);
            deleted += batch.size();
        }
    }

    private List<String> names(String prefix) throws StoreException {
        return objects.list(prefix).stream().map(ObjectInfo::name).toList();
    }

    /** Of a savepoint whose copying was cut off there is no manifest, and nobody can use what is there. */
    private static boolean isKept(String name, Set<Savepoint> savepoints) {
        return name.equals(LEASE)
                || Savepoint.holding(name).filter(savepoints::contains).isPresent();
    }

    private static boolean isLast(String name) {
        return name.equals(OWNER) || LAST.stream().anyMatch(name::startsWith);
    }
}
