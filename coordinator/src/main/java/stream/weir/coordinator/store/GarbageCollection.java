package stream.weir.coordinator.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import stream.weir.coordinator.store.GarbageCollector.Plan;
import stream.weir.coordinator.store.SnapshotPlace.Savepoint;

/**
 * What may be deleted. References are counted from the manifests themselves, each time anew: there is no count that could be
 * wrong. An object that no manifest names is kept for the grace time all the same, as a checkpoint that is not complete yet may
 * name it; replicas therefore share only objects that a complete checkpoint names, or that they stored at most half a minute before
 * their part of the checkpoint began. So are the files of a savepoint without a manifest, whose copying may go on. A replica that
 * shares objects may not have heard of the newest checkpoint yet, so one makes others superfluous only when it is older than the
 * grace time.
 *
 * @param retention for manifests
 * @param graceTime nothing younger is deleted
 * @param pendingObjects named by checkpoints that are not complete yet
 */
record GarbageCollection(Retention retention, Duration graceTime, Set<String> pendingObjects) {
    private static final String FILES = "files/";

    /**
     * What the store holds.
     *
     * @param entries all of them, by the name of their object; one that cannot be read must not be left out, but ends the collection
     * @param objects everything below {@code files/}, {@code checkpoints/} and {@code savepoints/}
     * @param nowMillis by the store's clock
     */
    record Contents(Map<String, KnownEntry> entries, List<StoredItem> objects, long nowMillis) {
        Contents {
            entries = Map.copyOf(entries);
            objects = List.copyOf(objects);
        }
    }

    /** @param modifiedMillis by the store's clock */
    record StoredItem(String name, long modifiedMillis) {}

    Plan plan(Contents contents) {
        List<KnownEntry.Complete> complete = contents.entries().values().stream()
                .filter(KnownEntry.Complete.class::isInstance)
                .map(KnownEntry.Complete.class::cast)
                .toList();
        Set<Long> kept = retention.kept(complete, settled(contents));
        long newest = contents.entries().values().stream()
                .mapToLong(KnownEntry::checkpoint)
                .max()
                .orElse(0);
        long oldestKept = kept.stream().mapToLong(Long::longValue).min().orElse(0);
        // The newest entry says which id is next; markers between kept checkpoints cost nothing and show the history.
        Predicate<KnownEntry> expired = entry -> entry.checkpoint() != newest
                && switch (entry) {
                    case KnownEntry.Complete manifest -> !kept.contains(manifest.checkpoint());
                    case KnownEntry.Aborted marker -> marker.checkpoint() < oldestKept;
                };
        List<String> entries = old(contents)
                .filter(name -> contents.entries().containsKey(name))
                .filter(name -> expired.test(entry(contents, name)))
                .sorted()
                .toList();
        List<String> files = new ArrayList<>(unreferenced(contents, Set.copyOf(entries)));
        files.addAll(cutOff(contents));
        return new Plan(entries, List.copyOf(files));
    }

    /** Entries that are so old that no checkpoint under way was begun by a replica that had not heard of them. */
    private Set<Long> settled(Contents contents) {
        return old(contents)
                .filter(name -> contents.entries().containsKey(name))
                .map(name -> entry(contents, name).checkpoint())
                .collect(Collectors.toSet());
    }

    /**
     * What is left of savepoints whose copying was cut off: without a manifest there is no savepoint. A folder in which anything is
     * young may be one that somebody is copying to.
     */
    private List<String> cutOff(Contents contents) {
        Set<String> old = old(contents).collect(Collectors.toSet());
        List<String> names = contents.objects().stream().map(StoredItem::name).toList();
        Set<Savepoint> kept = new HashSet<>(Savepoint.among(names));
        names.stream()
                .filter(name -> !old.contains(name) || pendingObjects.contains(name))
                .forEach(name -> Savepoint.holding(name).ifPresent(kept::add));
        return old(contents)
                .filter(name -> Savepoint.holding(name)
                        .filter(each -> !kept.contains(each))
                        .isPresent())
                .toList();
    }

    private List<String> unreferenced(Contents contents, Set<String> deleted) {
        Set<String> named = contents.entries().entrySet().stream()
                .filter(entry -> !deleted.contains(entry.getKey()))
                .flatMap(entry -> entry.getValue() instanceof KnownEntry.Complete complete
                        ? complete.objects().stream()
                        : Stream.empty())
                .collect(Collectors.toSet());
        return old(contents)
                .filter(name -> name.startsWith(FILES))
                .filter(name -> !named.contains(name) && !pendingObjects.contains(name))
                .toList();
    }

    private Stream<String> old(Contents contents) {
        long limit = contents.nowMillis() - graceTime.toMillis();
        return contents.objects().stream()
                .filter(object -> object.modifiedMillis() < limit)
                .map(StoredItem::name);
    }

    private static KnownEntry entry(Contents contents, String name) {
        KnownEntry entry = contents.entries().get(name);
        if (entry == null) {
            throw new IllegalStateException("no entry " + name);
        }
        return entry;
    }
}
