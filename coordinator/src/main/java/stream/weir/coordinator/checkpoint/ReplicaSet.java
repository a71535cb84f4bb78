package stream.weir.coordinator.checkpoint;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import stream.weir.protocol.control.ReplicaId;

/**
 * Replicas, each once. Immutable; one more costs little with thousands of them too: a bit for each replica of its stage is copied, so
 * only replicas of a known roster may be put in.
 */
public final class ReplicaSet {
    static final ReplicaSet NONE = new ReplicaSet(Map.of(), 0);

    /** Indexes by stage; not changed once they are here. */
    private final Map<String, BitSet> stages;

    private final int size;

    private ReplicaSet(Map<String, BitSet> stages, int size) {
        this.stages = stages;
        this.size = size;
    }

    public int size() {
        return size;
    }

    boolean has(ReplicaId replica) {
        BitSet stage = stages.get(replica.stage());
        return stage != null && stage.get(replica.index());
    }

    ReplicaSet with(ReplicaId replica) {
        if (has(replica)) {
            return this;
        }
        BitSet changed = new BitSet();
        changed.or(stages.getOrDefault(replica.stage(), changed));
        changed.set(replica.index());
        Map<String, BitSet> all = new HashMap<>(stages);
        all.put(replica.stage(), changed);
        return new ReplicaSet(all, size + 1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReplicaSet set && stages.equals(set.stages);
    }

    @Override
    public int hashCode() {
        return stages.hashCode();
    }

    @Override
    public String toString() {
        return stages.toString();
    }
}
