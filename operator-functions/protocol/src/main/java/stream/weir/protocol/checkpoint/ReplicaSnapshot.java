package stream.weir.protocol.checkpoint;

import java.util.List;
import java.util.stream.Stream;
import stream.weir.protocol.keygroup.KeyGroupRange;

/**
 * What one replica contributes to a checkpoint.
 *
 * @param keyGroups the key groups it holds
 * @param finished whether its input had ended for good
 */
public record ReplicaSnapshot(
        String stage,
        int replica,
        KeyGroupRange keyGroups,
        boolean finished,
        List<StateHandle> keyed,
        List<OperatorState> operator,
        SnapshotTimes times) {
    public ReplicaSnapshot {
        keyed = List.copyOf(keyed);
        operator = List.copyOf(operator);
    }

    /** The coordinator has it, {@code nanos} after the trigger. */
    public ReplicaSnapshot acknowledged(long nanos) {
        return new ReplicaSnapshot(stage, replica, keyGroups, finished, keyed, operator, times.acknowledged(nanos));
    }

    /** The objects it refers to. */
    public Stream<StoredObject> objects() {
        return Stream.concat(
                keyed.stream().flatMap(StateHandle::objects), operator.stream().flatMap(OperatorState::objects));
    }
}
