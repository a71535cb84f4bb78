package stream.weir.coordinator.status;

import java.util.List;
import java.util.Optional;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.SnapshotTimes;
import stream.weir.protocol.checkpoint.StageSchema;
import stream.weir.protocol.checkpoint.StateSize;
import stream.weir.protocol.keygroup.KeyGroupRange;

/**
 * A checkpoint, and what each replica contributed to it.
 *
 * @param replicas in the order of their stages' names; those that have not acknowledged too
 * @param states what stages keep, by name; empty while it is not complete
 */
public record CheckpointDetail(CheckpointView checkpoint, List<ReplicaPart> replicas, List<StageSchema> states) {
    public CheckpointDetail {
        replicas = List.copyOf(replicas);
        states = List.copyOf(states);
    }

    /**
     * @param stored empty while the replica has not acknowledged
     */
    public record ReplicaPart(String stage, int replica, Optional<Stored> stored) {}

    /**
     * @param finished whether the replica's input had ended for good
     * @param objects it refers to
     * @param times those to the acknowledgement are of the coordinator's clock
     * @param states how much each state takes; empty where that is not known
     */
    public record Stored(
            KeyGroupRange keyGroups, boolean finished, int objects, SnapshotTimes times, List<StateSize> states) {
        public Stored {
            states = List.copyOf(states);
        }

        static Stored of(ReplicaSnapshot snapshot) {
            return new Stored(
                    snapshot.keyGroups(),
                    snapshot.finished(),
                    (int) snapshot.objects().count(),
                    snapshot.times(),
                    snapshot.states());
        }
    }

    /** What a manifest says. */
    public static CheckpointDetail of(Manifest manifest) {
        return new CheckpointDetail(
                CheckpointView.of(manifest),
                manifest.replicas().stream().map(CheckpointDetail::part).toList(),
                manifest.stages());
    }

    static ReplicaPart part(ReplicaSnapshot snapshot) {
        return new ReplicaPart(snapshot.stage(), snapshot.replica(), Optional.of(Stored.of(snapshot)));
    }
}
