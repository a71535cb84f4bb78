package stream.weir.coordinator.status;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import stream.weir.coordinator.status.CheckpointDetail.ReplicaPart;
import stream.weir.coordinator.status.CheckpointDetail.Stored;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.StageSchema;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToCoordinator;

/**
 * What replicas contributed to the last checkpoints, those that failed too: manifests are deleted early, and of a failed checkpoint
 * there is none. Of those under way also whom they wait for: a part that has stored nothing is an answer that is missing. Changed by one
 * thread, read by any, but for {@link #missing}.
 */
final class CheckpointParts {
    private static final int NAMED = 3;

    private final int most;
    private final TreeSet<Long> underWay = new TreeSet<>();
    private final ConcurrentNavigableMap<Long, Parts> byCheckpoint = new ConcurrentSkipListMap<>();

    private record Parts(ConcurrentNavigableMap<ReplicaId, Optional<Stored>> replicas, List<StageSchema> states) {}

    /** @param most checkpoints that are remembered */
    CheckpointParts(int most) {
        this.most = most;
    }

    void begun(long checkpoint, Collection<ReplicaId> replicas) {
        ConcurrentNavigableMap<ReplicaId, Optional<Stored>> parts = new ConcurrentSkipListMap<>();
        replicas.forEach(replica -> parts.put(replica, Optional.empty()));
        keep(checkpoint, new Parts(parts, List.of()));
        underWay.add(checkpoint);
    }

    /** Neither this checkpoint nor one before it is waited for any more. */
    void ended(long checkpoint) {
        underWay.headSet(checkpoint, true).clear();
    }

    /** None is waited for any more. */
    void endAll() {
        underWay.clear();
    }

    /** Whom a checkpoint under way waits for, in words; empty where that is not known. For the thread that changes it. */
    String missing(long checkpoint) {
        Parts parts = underWay.contains(checkpoint) ? byCheckpoint.get(checkpoint) : null;
        if (parts == null) {
            return "";
        }
        int all = parts.replicas().size();
        List<ReplicaId> missing = parts.replicas().entrySet().stream()
                .filter(each -> each.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        if (missing.isEmpty()) {
            return "all " + all + " replicas have answered; its manifest is being stored";
        }
        String first = missing.stream()
                .limit(NAMED)
                .map(replica -> "stage " + replica.stage() + " replica " + replica.index())
                .collect(Collectors.joining(", "));
        int more = missing.size() - NAMED;
        return "waits for " + first + (more > 0 ? " and " + more + " more" : "") + "; " + (all - missing.size())
                + " of " + all + " have answered";
    }

    /** @param sinceTrigger by the coordinator's clock */
    void acknowledged(ToCoordinator.Acknowledge message, Duration sinceTrigger) {
        Parts parts = byCheckpoint.get(message.checkpoint());
        if (parts != null) {
            ReplicaSnapshot snapshot = message.snapshot().acknowledged(sinceTrigger.toNanos());
            parts.replicas().put(message.replica(), Optional.of(Stored.of(snapshot)));
        }
    }

    void completed(Manifest manifest) {
        ConcurrentNavigableMap<ReplicaId, Optional<Stored>> parts = new ConcurrentSkipListMap<>();
        manifest.replicas()
                .forEach(snapshot -> parts.put(
                        new ReplicaId(snapshot.stage(), snapshot.replica()), Optional.of(Stored.of(snapshot))));
        keep(manifest.checkpoint(), new Parts(parts, manifest.stages()));
    }

    /** What is known of a checkpoint that the view has. */
    CheckpointDetail of(CheckpointView checkpoint) {
        Parts parts = byCheckpoint.get(checkpoint.id());
        if (parts == null) {
            return new CheckpointDetail(checkpoint, List.of(), List.of());
        }
        List<ReplicaPart> replicas = parts.replicas().entrySet().stream()
                .map(each ->
                        new ReplicaPart(each.getKey().stage(), each.getKey().index(), each.getValue()))
                .toList();
        return new CheckpointDetail(checkpoint, replicas, parts.states());
    }

    private void keep(long checkpoint, Parts parts) {
        byCheckpoint.put(checkpoint, parts);
        while (byCheckpoint.size() > most) {
            byCheckpoint.pollFirstEntry();
        }
    }
}
