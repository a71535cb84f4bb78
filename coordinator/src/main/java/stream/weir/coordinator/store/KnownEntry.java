package stream.weir.coordinator.store;

import java.util.List;
import java.util.function.UnaryOperator;
import stream.weir.coordinator.checkpoint.Entry;
import stream.weir.protocol.checkpoint.StoredObject;

/**
 * What a collection has to know of an entry. It is kept from one collection to the next, where the manifests of the grace time, with all
 * that they say of thousands of replicas, would be too much.
 */
sealed interface KnownEntry {
    long checkpoint();

    /** @param objects names of those that it refers to, each once */
    record Complete(long checkpoint, long run, List<String> objects) implements KnownEntry {
        public Complete {
            objects = List.copyOf(objects);
        }
    }

    /** There will never be a checkpoint of this id. */
    record Aborted(long checkpoint) implements KnownEntry {}

    /** @param shared gives the same string for equal names, as checkpoints share most of their objects */
    static KnownEntry of(Entry entry, UnaryOperator<String> shared) {
        return switch (entry) {
            case Entry.Complete complete ->
                new Complete(
                        complete.checkpoint(),
                        complete.manifest().run(),
                        complete.manifest()
                                .objects()
                                .map(StoredObject::name)
                                .distinct()
                                .map(shared)
                                .toList());
            case Entry.Aborted marker -> new Aborted(marker.checkpoint());
        };
    }
}
