package stream.weir.runtime.stage;

import java.util.List;
import java.util.Optional;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.OperatorState;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.StageSchema;
import stream.weir.protocol.checkpoint.StateHandle;

/**
 * One stage's part of the checkpoint a run starts from; empty lists where the stage was not in it.
 *
 * @param checkpoint its id, 0 for none
 */
public record RestoredStage(long checkpoint, Optional<StageSchema> schema, List<ReplicaSnapshot> replicas) {
    /** A start from nothing. */
    public static final RestoredStage NONE = new RestoredStage(0, Optional.empty(), List.of());

    public RestoredStage {
        replicas = List.copyOf(replicas);
    }

    public static RestoredStage of(Manifest manifest, String stage) {
        return new RestoredStage(
                manifest.checkpoint(),
                manifest.stages().stream()
                        .filter(schema -> schema.stage().equals(stage))
                        .findFirst(),
                manifest.replicas().stream()
                        .filter(replica -> replica.stage().equals(stage))
                        .toList());
    }

    /** Handles of all replicas' keyed state. */
    List<StateHandle> keyed() {
        return replicas.stream().flatMap(replica -> replica.keyed().stream()).toList();
    }

    /** Entries of all replicas under one name. */
    List<OperatorState.Entry> operator(String name) {
        return replicas.stream()
                .flatMap(replica -> entries(replica, name).stream())
                .toList();
    }

    /** Entries of one replica under one name; none where the stage had fewer replicas. */
    List<OperatorState.Entry> operator(String name, int replica) {
        return replicas.stream()
                .filter(snapshot -> snapshot.replica() == replica)
                .flatMap(snapshot -> entries(snapshot, name).stream())
                .toList();
    }

    /** Whether replica {@code index} of {@code parallelism} had finished; with another parallelism, whether all had. */
    boolean finished(int index, int parallelism) {
        if (replicas.size() != parallelism) {
            return !replicas.isEmpty() && replicas.stream().allMatch(ReplicaSnapshot::finished);
        }
        return replicas.stream().anyMatch(replica -> replica.replica() == index && replica.finished());
    }

    private static List<OperatorState.Entry> entries(ReplicaSnapshot replica, String name) {
        return replica.operator().stream()
                .filter(state -> state.name().equals(name))
                .flatMap(state -> state.entries().stream())
                .toList();
    }
}
