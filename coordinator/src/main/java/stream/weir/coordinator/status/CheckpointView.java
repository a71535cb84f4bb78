package stream.weir.coordinator.status;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.SnapshotTimes;

/**
 * A checkpoint, under way or ended.
 *
 * @param kind empty while it is not known
 * @param stateBytes size of all state that it refers to
 * @param stages size of the state of each stage, by name
 * @param uploadedBytes what was written for it
 */
public record CheckpointView(
        long id,
        Status status,
        Optional<CheckpointKind> kind,
        long atMillis,
        long durationMillis,
        long stateBytes,
        long uploadedBytes,
        Map<String, Long> stages,
        Optional<CheckpointFailure> failure,
        String detail) {
    /** How far it has come. */
    public enum Status {
        IN_PROGRESS,
        COMPLETED,
        FAILED
    }

    static CheckpointView begun(long id, long atMillis) {
        return new CheckpointView(
                id, Status.IN_PROGRESS, Optional.empty(), atMillis, 0, 0, 0, Map.of(), Optional.empty(), "");
    }

    /** What a manifest says. */
    public static CheckpointView of(Manifest manifest) {
        List<SnapshotTimes> times =
                manifest.replicas().stream().map(ReplicaSnapshot::times).toList();
        return new CheckpointView(
                manifest.checkpoint(),
                Status.COMPLETED,
                Optional.of(manifest.kind()),
                manifest.createdAtMillis(),
                manifest.durationMillis(),
                times.stream().mapToLong(SnapshotTimes::stateBytes).sum(),
                times.stream().mapToLong(SnapshotTimes::uploadedBytes).sum(),
                manifest.replicas().stream()
                        .collect(Collectors.groupingBy(
                                ReplicaSnapshot::stage, TreeMap::new, Collectors.summingLong(replica -> replica.times()
                                        .stateBytes()))),
                Optional.empty(),
                "");
    }

    /** @param missing whom it waits for, in words; empty when it is not known */
    CheckpointView waitingFor(String missing) {
        return new CheckpointView(
                id, status, kind, atMillis, durationMillis, stateBytes, uploadedBytes, stages, failure, missing);
    }

    CheckpointView failed(CheckpointFailure reason, String why, long nowMillis) {
        return new CheckpointView(
                id,
                Status.FAILED,
                kind,
                atMillis,
                Math.max(0, nowMillis - atMillis),
                stateBytes,
                uploadedBytes,
                stages,
                Optional.of(reason),
                why);
    }
}
