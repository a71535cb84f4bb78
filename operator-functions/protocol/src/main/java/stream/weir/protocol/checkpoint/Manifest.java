package stream.weir.protocol.checkpoint;

import java.util.List;
import java.util.stream.Stream;

/**
 * The whole of a checkpoint. It is complete if and only if its manifest is in the store.
 *
 * @param checkpoint id, from 1; ids grow over all runs and terms
 * @param run the run that took it
 * @param term the coordinator's term that recorded it
 * @param createdAtMillis wall clock, for people
 * @param stages schema of each stage, in pipeline order
 * @param replicas all replicas of all stages, finished ones too
 */
public record Manifest(
        String pipeline,
        long checkpoint,
        long run,
        long term,
        long createdAtMillis,
        long durationMillis,
        CheckpointKind kind,
        int maxParallelism,
        List<StageSchema> stages,
        List<ReplicaSnapshot> replicas) {
    public Manifest {
        stages = List.copyOf(stages);
        replicas = List.copyOf(replicas);
    }

    /** The objects it refers to; each one as often as it is referred to. */
    public Stream<StoredObject> objects() {
        return replicas.stream().flatMap(ReplicaSnapshot::objects);
    }

    /** Whether every replica had finished: there is nothing left to run. */
    public boolean isFinal() {
        return replicas.stream().allMatch(ReplicaSnapshot::finished);
    }

    /** What this checkpoint has added to the store, in bytes. */
    public long uploadedBytes() {
        return replicas.stream()
                .mapToLong(replica -> replica.times().uploadedBytes())
                .sum();
    }
}
