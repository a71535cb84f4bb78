package stream.weir.protocol.checkpoint;

import java.util.List;
import java.util.stream.Stream;
import stream.weir.protocol.keygroup.KeyGroupRange;

/**
 * What one replica contributes to a checkpoint.
 *
 * @param keyGroups the key groups it holds
 * @param finished whether its input had ended for good
 * @param states how much each of its states takes; empty where that is not known, as in checkpoints of earlier versions
 */
public record ReplicaSnapshot(
        String stage,
        int replica,
        KeyGroupRange keyGroups,
        boolean finished,
        List<StateHandle> keyed,
        List<OperatorState> operator,
        SnapshotTimes times,
        List<StateSize> states) {
    public ReplicaSnapshot {
        states = List.copyOf(states);
        keyed = List.copyOf(keyed);
        operator = List.copyOf(operator);
    }

    /** One whose states have no known sizes. */
    public ReplicaSnapshot(
            String stage,
            int replica,
            KeyGroupRange keyGroups,
            boolean finished,
            List<StateHandle> keyed,
            List<OperatorState> operator,
            SnapshotTimes times) {
        this(stage, replica, keyGroups, finished, keyed, operator, times, List.of());
    }

    /** The coordinator has it, {@code nanos} after the trigger. */
    public ReplicaSnapshot acknowledged(long nanos) {
        return new ReplicaSnapshot(
                stage, replica, keyGroups, finished, keyed, operator, times.acknowledged(nanos), states);
    }

    /** The objects it refers to. */
    public Stream<StoredObject> objects() {
        return Stream.concat(
                keyed.stream().flatMap(StateHandle::objects), operator.stream().flatMap(OperatorState::objects));
    }
}
