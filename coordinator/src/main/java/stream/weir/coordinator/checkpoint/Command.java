package stream.weir.coordinator.checkpoint;

import stream.weir.coordinator.PipelineDescription;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.control.Assignment.DroppedState;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToCoordinator;

/** What the machine is told. */
public sealed interface Command {
    /** Time has passed. */
    record Tick() implements Command {}

    record FromReplica(ToCoordinator message) implements Command {}

    /** A replica is gone: its connection closed without goodbye, or its heartbeats stopped. */
    record ReplicaLost(long run, ReplicaId replica, String detail) implements Command {}

    /** What a replica was to be restored from does not fit its steps, and will not the next time either. */
    record DoesNotFit(long run, ReplicaId replica, String detail) implements Command {}

    /** Another coordinator has a newer term. */
    record Fenced(String detail) implements Command {}

    /** Somebody asks for a checkpoint, beside the schedule. */
    record RequestCheckpoint(CheckpointKind kind) implements Command {}

    /** Take a last checkpoint, have it committed, and stop. */
    record Stop(Wanted wanted) implements Command {
        /** What somebody wants of the last checkpoint. */
        public enum Wanted {
            /** To go on from it: where replicas are lost, the newest checkpoint that is complete does as well. */
            CHECKPOINT,
            /** A savepoint of it: where replicas are lost, it is taken in the next run. */
            SAVEPOINT
        }
    }

    /**
     * The next run is to have these replicas, for which there are processes: a checkpoint is taken, and that run begins with it. Takes
     * the place of what was said before; what the present run has is no change.
     */
    record Reshape(PipelineDescription to, DroppedState dropped, Readiness readiness) implements Command {
        /** Whether the present run is to end for it. */
        public enum Readiness {
            /** Processes still fetch what they will need: only a run that begins for another reason has them already. */
            PREPARING,
            /** As soon as there is a checkpoint for it. */
            READY
        }
    }

    /** What came of {@link Effect.StoreEntry}. */
    record EntryStored(long checkpoint, StoreResult result) implements Command {}

    /** What came of {@link Effect.StoreRun}. */
    record RunStored(long run, StoreResult result) implements Command {}
}
