package stream.weir.coordinator.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import stream.weir.coordinator.CoordinatorConfig;
import stream.weir.coordinator.store.GarbageCollection.Contents;
import stream.weir.coordinator.store.GarbageCollection.StoredItem;
import stream.weir.protocol.control.Fence;
import stream.weir.store.ObjectStore.ObjectInfo;
import stream.weir.store.StoreException;

/**
 * Looks at what the store holds, and deletes what nobody needs. To be called by the leader only, and by one thread at a time.
 * Remembers what it needs of entries, which never change.
 */
public final class GarbageCollector {
    private final CheckpointStore store;
    private final CoordinatorConfig config;
    private final Map<String, KnownEntry> known = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();

    public GarbageCollector(CheckpointStore store, CoordinatorConfig config) {
        this.store = store;
        this.config = config;
    }

    /**
     * Names to delete: first {@code entries}, oldest first, and only when they are gone {@code files}. Cut off anywhere, no
     * manifest names an object that is not there.
     */
    public record Plan(List<String> entries, List<String> files) {
        public boolean isEmpty() {
            return entries.isEmpty() && files.isEmpty();
        }
    }

    /**
     * @param pendingObjects named by checkpoints that are not complete yet
     * @return what was deleted
     * @throws InvalidDocumentException when an entry cannot be read: then nobody knows what it names, and nothing is deleted
     */
    public Plan collect(Fence leader, Set<String> pendingObjects) throws StoreException, InvalidDocumentException {
        Plan plan = look(leader.run(), pendingObjects).plan();
        if (plan.isEmpty() || store.newestTerm() != leader.term()) {
            return new Plan(List.of(), List.of());
        }
        store.objects().delete(plan.entries());
        store.objects().delete(plan.files());
        return plan;
    }

    /**
     * What a collection would delete now if no checkpoint were under way; deletes nothing, so anybody may ask.
     *
     * @throws InvalidDocumentException as {@link #collect}
     */
    public Preview preview() throws StoreException, InvalidDocumentException {
        return look(store.newestRun(), Set.of());
    }

    /**
     * @param bytes of all that the plan names
     * @param keptBytes of what else there is
     */
    public record Preview(Plan plan, long bytes, long keptBytes) {}

    private Preview look(long run, Set<String> pendingObjects) throws StoreException, InvalidDocumentException {
        // Listed before entries are read: what comes later is younger than the grace time.
        List<ObjectInfo> listed = new ArrayList<>(store.objects().list("files/"));
        List<ObjectInfo> entries = store.objects().list("checkpoints/");
        listed.addAll(entries);
        listed.addAll(store.objects().list(SnapshotPlace.Savepoint.ALL));
        Retention retention = new Retention(run == 0 ? List.of() : store.branchOf(run), config.retained());
        GarbageCollection collection = new GarbageCollection(retention, config.graceTime(), pendingObjects);
        Plan plan = collection.plan(contents(listed, entries));
        Set<String> named = new HashSet<>(plan.entries());
        named.addAll(plan.files());
        long all = listed.stream().mapToLong(ObjectInfo::bytes).sum();
        long bytes = listed.stream()
                .filter(object -> named.contains(object.name()))
                .mapToLong(ObjectInfo::bytes)
                .sum();
        return new Preview(plan, bytes, all - bytes);
    }

    private Contents contents(List<ObjectInfo> listed, List<ObjectInfo> entries)
            throws StoreException, InvalidDocumentException {
        Map<String, KnownEntry> read = new HashMap<>();
        for (ObjectInfo object : entries) {
            entry(object.name()).ifPresent(found -> read.put(object.name(), found));
        }
        known.clear();
        known.putAll(read);
        names.keySet().retainAll(listed.stream().map(ObjectInfo::name).collect(Collectors.toSet()));
        // The store's own clock, read off what it wrote last: never ahead of its now, whatever this machine's clock
        // says.
        long now = listed.stream().mapToLong(ObjectInfo::modifiedMillis).max().orElse(0);
        List<StoredItem> items = listed.stream()
                .map(object -> new StoredItem(object.name(), object.modifiedMillis()))
                .toList();
        return new Contents(read, items, now);
    }

    private Optional<KnownEntry> entry(String object) throws StoreException, InvalidDocumentException {
        KnownEntry remembered = known.get(object);
        if (remembered != null) {
            return Optional.of(remembered);
        }
        return store.checkpoint(store.idOf(object))
                .map(entry -> KnownEntry.of(entry, name -> names.computeIfAbsent(name, each -> each)));
    }
}
