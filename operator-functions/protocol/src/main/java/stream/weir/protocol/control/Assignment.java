package stream.weir.protocol.control;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import stream.weir.protocol.checkpoint.Manifest;

/**
 * What a stage process is to be in a run.
 *
 * @param replicas how many each stage has in this run; all stages
 * @param from what the replica begins with: a manifest with the snapshots of its own stage in full, and of all other stages only
 *     whether their replicas had finished; empty for a start from nothing
 * @param droppedState what to do with restored state that no step claims
 */
public record Assignment(
        Fence fence,
        ReplicaId replica,
        Map<String, Integer> replicas,
        Optional<Manifest> from,
        DroppedState droppedState) {
    public Assignment {
        replicas = Collections.unmodifiableMap(new TreeMap<>(replicas));
    }

    /** What becomes of state that no step claims. */
    public enum DroppedState {
        REFUSE,
        ALLOW
    }
}
