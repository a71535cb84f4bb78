package stream.weir.coordinator.status;

import java.util.LinkedHashMap;
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
import stream.weir.protocol.checkpoint.StateSize;

/**
 * A checkpoint, under way or ended.
 *
 * @param kind empty while it is not known
 * @param stateBytes size of all state that it refers to
 * @param stages size of the state of each stage, by name
 * @param states size of each state of each stage, where that is known; of checkpoints in a history it is not told
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
        List<StateView> states,
        Optional<CheckpointFailure> failure,
        String detail) {
    public CheckpointView {
        states = List.copyOf(states);
    }

    /** @param estimated whether the size is about right only */
    public record StateView(String stage, String state, long bytes, boolean estimated) {}

    /** How far it has come. */
    public enum Status {
        IN_PROGRESS,
        COMPLETED,
        FAILED
    }

    static CheckpointView begun(long id, long atMillis) {
        return new CheckpointView(
                id, Status.IN_PROGRESS, Optional.empty(), atMillis, 0, 0, 0, Map.of(), List.of(), Optional.empty(), "");
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
                states(manifest),
                Optional.empty(),
                "");
    }

    /** @param missing whom it waits for, in words; empty when it is not known */
    CheckpointView waitingFor(String missing) {
        return new CheckpointView(
                id,
                status,
                kind,
                atMillis,
                durationMillis,
                stateBytes,
                uploadedBytes,
                stages,
                states,
                failure,
                missing);
    }

    /** As it is kept in a history. */
    CheckpointView withoutStates() {
        return new CheckpointView(
                id,
                status,
                kind,
                atMillis,
                durationMillis,
                stateBytes,
                uploadedBytes,
                stages,
                List.of(),
                failure,
                detail);
    }

    /** Of all replicas, in the order in which stages declare them. */
    private static List<StateView> states(Manifest manifest) {
        Map<String, Map<String, StateView>> found = new LinkedHashMap<>();
        for (ReplicaSnapshot replica : manifest.replicas()) {
            for (StateSize size : replica.states()) {
                found.computeIfAbsent(replica.stage(), stage -> new LinkedHashMap<>())
                        .merge(
                                size.state(),
                                new StateView(replica.stage(), size.state(), size.bytes(), size.estimated()),
                                CheckpointView::both);
            }
        }
        return found.values().stream().flatMap(stage -> stage.values().stream()).toList();
    }

    private static StateView both(StateView one, StateView other) {
        return new StateView(
                one.stage(), one.state(), one.bytes() + other.bytes(), one.estimated() || other.estimated());
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
                states,
                Optional.of(reason),
                why);
    }
}
