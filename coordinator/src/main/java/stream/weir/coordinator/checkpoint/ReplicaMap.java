package stream.weir.coordinator.checkpoint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import stream.weir.protocol.control.ReplicaId;

/**
 * What is known of replicas one by one. Immutable; one more entry costs little with thousands of replicas too, as only the bucket
 * that it falls into is copied. Hashes of replicas are not used within a bucket: those of stages whose names differ in one letter are
 * the same for many.
 */
public final class ReplicaMap<V> {
    private static final int BUCKETS = 256;
    private static final int SPREAD = 0x9E3779B9;
    private static final ReplicaMap<?> NONE = new ReplicaMap<>(Collections.nCopies(BUCKETS, new TreeMap<>()), 0);

    /** Not changed once they are here. */
    private final List<TreeMap<ReplicaId, V>> buckets;

    private final int size;

    private ReplicaMap(List<TreeMap<ReplicaId, V>> buckets, int size) {
        this.buckets = buckets;
        this.size = size;
    }

    @SuppressWarnings("unchecked") // Nothing is in it.
    static <V> ReplicaMap<V> none() {
        return (ReplicaMap<V>) NONE;
    }

    public int size() {
        return size;
    }

    boolean has(ReplicaId replica) {
        return bucket(replica).containsKey(replica);
    }

    Optional<V> of(ReplicaId replica) {
        return Optional.ofNullable(bucket(replica).get(replica));
    }

    /** In no order. */
    Stream<V> values() {
        return buckets.stream().flatMap(bucket -> bucket.values().stream());
    }

    /** The same with one more, or with another value. */
    ReplicaMap<V> with(ReplicaId replica, V value) {
        TreeMap<ReplicaId, V> changed = new TreeMap<>(bucket(replica));
        boolean isNew = changed.put(replica, value) == null;
        List<TreeMap<ReplicaId, V>> all = new ArrayList<>(buckets);
        all.set(index(replica), changed);
        return new ReplicaMap<>(all, isNew ? size + 1 : size);
    }

    private TreeMap<ReplicaId, V> bucket(ReplicaId replica) {
        return buckets.get(index(replica));
    }

    private static int index(ReplicaId replica) {
        return Math.floorMod(replica.stage().hashCode() * SPREAD + replica.index(), BUCKETS);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReplicaMap<?> map && buckets.equals(map.buckets);
    }

    @Override
    public int hashCode() {
        return buckets.hashCode();
    }

    @Override
    public String toString() {
        return buckets.stream()
                .flatMap(bucket -> bucket.entrySet().stream())
                .sorted(Map.Entry.comparingByKey())
                .toList()
                .toString();
    }
}
