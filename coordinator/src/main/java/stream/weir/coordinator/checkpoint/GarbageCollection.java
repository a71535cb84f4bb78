package stream.weir.coordinator.checkpoint;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.StoredObject;

/**
 * What may be deleted. References are counted from the manifests themselves, each time anew: there is no count that could be
 * wrong. An object that no manifest names is kept for the grace time all the same, as a checkpoint that is not complete yet may
 * name it; replicas therefore share only objects that a complete checkpoint names.
 *
 * @param retention for manifests
 * @param graceTime nothing younger is deleted
 * @param pendingObjects named by checkpoints that are not complete yet
 */
public record GarbageCollection(Retention retention, Duration graceTime, Set<String> pendingObjects) {
    private static final String FILES = "files/";

    /**
     * What the store holds.
     *
     * @param entries all of them, by the name of their object; one that cannot be read must not be left out, but ends the collection
     * @param objects everything below {@code files/} and {@code checkpoints/}
     * @param nowMillis by the store's clock
     */
    public record Contents(Map<String, Entry> entries, List<StoredItem> objects, long nowMillis) {
        public Contents {
            entries = Map.copyOf(entries);
            objects = List.copyOf(objects);
        }
    }

    /** @param modifiedMillis by the store's clock */
    public record StoredItem(String name, long modifiedMillis) {}

    /**
     * Names to delete: first {@code entries}, oldest first, and only when they are gone {@code files}. Cut off anywhere, no
     * manifest names an object that is not there.
     */
    public record Plan(List<String> entries, List<String> files) {
        public boolean isEmpty() {
            return entries.isEmpty() && files.isEmpty();
        }
    }

    public Plan plan(Contents contents) {
        List<Manifest> complete = contents.entries().values().stream()
                .filter(Entry.Complete.class::isInstance)
                .map(entry -> ((Entry.Complete) entry).manifest())
                .toList();
        Set<Long> kept = retention.kept(complete);
        long newest = contents.entries().values().stream()
                .mapToLong(Entry::checkpoint)
                .max()
                .orElse(0);
        long oldestKept = kept.stream().mapToLong(Long::longValue).min().orElse(0);
        // The newest entry says which id is next; markers between kept checkpoints cost nothing and show the history.
        Predicate<Entry> expired = entry -> entry.checkpoint() != newest
                && switch (entry) {
                    case Entry.Complete manifest -> !kept.contains(manifest.checkpoint());
                    case Entry.Aborted marker -> marker.checkpoint() < oldestKept;
                };
        List<String> entries = old(contents)
                .filter(name -> contents.entries().containsKey(name))
                .filter(name -> expired.test(entry(contents, name)))
                .sorted()
                .toList();
        return new Plan(entries, unreferenced(contents, Set.copyOf(entries)));
    }

    private List<String> unreferenced(Contents contents, Set<String> deleted) {
        Set<String> named = contents.entries().entrySet().stream()
                .filter(entry -> !deleted.contains(entry.getKey()))
                .flatMap(entry -> entry.getValue() instanceof Entry.Complete(Manifest manifest)
                        ? manifest.objects()
                        : Stream.empty())
                .map(StoredObject::name)
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

    private static Entry entry(Contents contents, String name) {
        Entry entry = contents.entries().get(name);
        if (entry == null) {
            throw new IllegalStateException("no entry " + name);
        }
        return entry;
    }
}
