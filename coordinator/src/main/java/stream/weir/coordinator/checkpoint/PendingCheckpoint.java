package stream.weir.coordinator.checkpoint;

import java.util.List;
import java.util.stream.Stream;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.StageSchema;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ReplicaId;

/**
 * A checkpoint whose entry in the store is not known yet.
 *
 * <pre>
 *   Collecting ──all acknowledged──► Acknowledged ──its turn──► Storing ──► (complete)
 *       │                                 │                      │   ▲
 *       └──declined, timed out, lost──►  Aborted ◄──not applied──┤   │
 *                                         │                      ▼   │
 *                                         └──its turn──► Storing  Unsettled (asks again)
 * </pre>
 *
 * Only the oldest may be Storing or Unsettled. Once a manifest may be in the store, nothing but the store decides: it is never
 * aborted then.
 */
public sealed interface PendingCheckpoint {
    long checkpoint();

    /** Objects that it refers to as far as known. */
    default Stream<StoredObject> objects() {
        return Stream.empty();
    }

    /** Not known yet whether it will be complete. */
    sealed interface Undecided extends PendingCheckpoint {
        CheckpointKind kind();

        default Aborted abort(Fence fence, CheckpointFailure reason) {
            return new Aborted(new Entry.Aborted(fence.pipeline(), checkpoint(), fence.run(), fence.term(), reason));
        }
    }

    /** Triggered; some replicas have not answered. */
    record Collecting(long checkpoint, CheckpointKind kind, Now started, ReplicaMap<ReplicaSnapshot> snapshots)
            implements Undecided {
        static Collecting start(long checkpoint, CheckpointKind kind, Now now) {
            return new Collecting(checkpoint, kind, now, ReplicaMap.none());
        }

        Collecting with(ReplicaId replica, ReplicaSnapshot snapshot, Now now) {
            ReplicaSnapshot acknowledged = snapshot.acknowledged(now.nanos() - started.nanos());
            return new Collecting(checkpoint, kind, started, snapshots.with(replica, acknowledged));
        }

        /** @param order of the replicas, all of which have acknowledged */
        Acknowledged acknowledged(
                Fence fence, int maxParallelism, List<StageSchema> stages, List<ReplicaId> order, Now now) {
            List<ReplicaSnapshot> inOrder = order.stream().map(this::snapshot).toList();
            return new Acknowledged(new Manifest(
                    fence.pipeline(),
                    checkpoint,
                    fence.run(),
                    fence.term(),
                    now.wallMillis(),
                    (now.nanos() - started.nanos()) / 1_000_000,
                    kind,
                    maxParallelism,
                    stages,
                    inOrder));
        }

        private ReplicaSnapshot snapshot(ReplicaId replica) {
            return snapshots
                    .of(replica)
                    .orElseThrow(() -> new IllegalStateException("checkpoint " + checkpoint + " has no snapshot of "
                            + replica + ", only " + snapshots.size() + " others"));
        }

        @Override
        public Stream<StoredObject> objects() {
            return snapshots.values().flatMap(ReplicaSnapshot::objects);
        }
    }

    /** All replicas have answered; it waits until every older one is settled. */
    record Acknowledged(Manifest manifest) implements Undecided {
        @Override
        public long checkpoint() {
            return manifest.checkpoint();
        }

        @Override
        public CheckpointKind kind() {
            return manifest.kind();
        }

        Storing store() {
            return new Storing(new Entry.Complete(manifest), Certainty.NOT_THERE);
        }

        @Override
        public Stream<StoredObject> objects() {
            return manifest.objects();
        }
    }

    /** It will not be complete; the store does not say so yet. */
    record Aborted(Entry.Aborted entry) implements PendingCheckpoint {
        @Override
        public long checkpoint() {
            return entry.checkpoint();
        }

        Storing store() {
            return new Storing(entry, Certainty.NOT_THERE);
        }
    }

    /** Whether an earlier attempt may have brought the entry to the store. */
    enum Certainty {
        NOT_THERE,
        MAY_BE_THERE
    }

    /** The store has been asked. */
    record Storing(Entry entry, Certainty before) implements PendingCheckpoint {
        @Override
        public long checkpoint() {
            return entry.checkpoint();
        }

        /** Whether a refusal by the store means that it never was there. */
        boolean isFirstAttempt() {
            return before == Certainty.NOT_THERE;
        }

        Unsettled retryAt(long nanos, Certainty certainty) {
            boolean maybe = before == Certainty.MAY_BE_THERE || certainty == Certainty.MAY_BE_THERE;
            return new Unsettled(entry, maybe ? Certainty.MAY_BE_THERE : Certainty.NOT_THERE, nanos);
        }

        /** The store is known not to have it. */
        Aborted refused(Fence fence, CheckpointFailure reason) {
            return new Aborted(new Entry.Aborted(fence.pipeline(), checkpoint(), fence.run(), fence.term(), reason));
        }

        @Override
        public Stream<StoredObject> objects() {
            return entry instanceof Entry.Complete(Manifest manifest) ? manifest.objects() : Stream.empty();
        }
    }

    /** The store's answer left it open; it is asked again. */
    record Unsettled(Entry entry, Certainty certainty, long retryAtNanos) implements PendingCheckpoint {
        @Override
        public long checkpoint() {
            return entry.checkpoint();
        }

        Storing store() {
            return new Storing(entry, certainty);
        }

        @Override
        public Stream<StoredObject> objects() {
            return entry instanceof Entry.Complete(Manifest manifest) ? manifest.objects() : Stream.empty();
        }
    }
}
