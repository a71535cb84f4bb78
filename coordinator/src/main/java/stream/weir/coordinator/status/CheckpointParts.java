package stream.weir.coordinator.status;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import stream.weir.coordinator.status.CheckpointDetail.ReplicaPart;
import stream.weir.coordinator.status.CheckpointDetail.Stored;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.StageSchema;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToCoordinator;

/**
 * What replicas contributed to the last checkpoints, those that failed too: manifests are deleted early, and of a failed checkpoint
 * there is none. Changed by one thread, read by any.
 */
final class CheckpointParts {
    private final int most;
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
