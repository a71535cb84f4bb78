package stream.weir.coordinator.checkpoint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.StoredObject;

/**
 * What may be deleted. References are counted from the manifests themselves, each time anew: there is no count that could be
 * wrong. An object that no manifest names is kept for the grace time all the same, as a checkpoint that is not complete yet may
 * name it; replicas therefore share only objects that a complete checkpoint names. So are the files of a savepoint without a
 * manifest, whose copying may go on.
 *
 * @param retention for manifests
 * @param graceTime nothing younger is deleted
 * @param pendingObjects named by checkpoints that are not complete yet
 */
public record GarbageCollection(Retention retention, Duration graceTime, Set<String> pendingObjects) {
    private static final String FILES = "files/";
    private static final String SAVEPOINTS = "savepoints/";
    private static final String MANIFEST = "/manifest.json";

    /**
     * What the store holds.
     *
     * @param entries all of them, by the name of their object; one that cannot be read must not be left out, but ends the collection
     * @param objects everything below {@code files/}, {@code checkpoints/} and {@code savepoints/}
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
        List<String> files = new ArrayList<>(unreferenced(contents, Set.copyOf(entries)));
        files.addAll(cutOff(contents));
        return new Plan(entries, List.copyOf(files));
    }

    /**
     * What is left of savepoints whose copying was cut off: without a manifest there is no savepoint. A folder in which anything is
     * young may be one that somebody is copying to.
     */
    private List<String> cutOff(Contents contents) {
        Set<String> old = old(contents).collect(Collectors.toSet());
        Set<String> kept = contents.objects().stream()
                .map(StoredItem::name)
                .filter(name -> !old.contains(name) || name.endsWith(MANIFEST) || pendingObjects.contains(name))
                .flatMap(name -> savepoint(name).stream())
                .collect(Collectors.toSet());
        return old(contents)
                .filter(name ->
                        savepoint(name).filter(folder -> !kept.contains(folder)).isPresent())
                .toList();
    }

    /** The folder of the savepoint that an object belongs to. */
    private static Optional<String> savepoint(String name) {
        int end = name.indexOf('/', SAVEPOINTS.length());
        return name.startsWith(SAVEPOINTS) && end > 0 ? Optional.of(name.substring(0, end)) : Optional.empty();
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
