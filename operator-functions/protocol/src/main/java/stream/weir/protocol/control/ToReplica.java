package stream.weir.protocol.control;

import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.CheckpointKind;

/** From the coordinator to a replica. */
public sealed interface ToReplica {
    Fence fence();

    /** About a checkpoint. */
    sealed interface OfCheckpoint extends ToReplica {
        long checkpoint();
    }

    /**
     * Take part in a checkpoint. Sent to every replica: sources send the barrier, replicas whose inputs have all ended snapshot
     * at once, the others know that a barrier is on its way.
     */
    record Trigger(Fence fence, long checkpoint, CheckpointKind kind) implements OfCheckpoint {}

    /** The checkpoint will not come about: forget it and release what was captured for it. */
    record Abort(Fence fence, long checkpoint, CheckpointFailure reason) implements OfCheckpoint {}

    /** The checkpoint is complete: commit what was prepared up to it. */
    record Complete(Fence fence, long checkpoint) implements OfCheckpoint {}

    /**
     * Sources take their input for ended where it is, once and for all; others see the end come over their links. Sent to every
     * replica when all are open.
     */
    record EndInput(Fence fence) implements ToReplica {}
}
