package stream.weir.protocol.control;

import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.CheckpointKind;

/** From the coordinator to a replica. */
public sealed interface ToReplica {
    Fence fence();

    long checkpoint();

    /**
     * Take part in a checkpoint. Sent to every replica: sources send the barrier, replicas whose inputs have all ended snapshot
     * at once, the others know that a barrier is on its way.
     */
    record Trigger(Fence fence, long checkpoint, CheckpointKind kind) implements ToReplica {}

    /** The checkpoint will not come about: forget it and release what was captured for it. */
    record Abort(Fence fence, long checkpoint, CheckpointFailure reason) implements ToReplica {}

    /** The checkpoint is complete: commit what was prepared up to it. */
    record Complete(Fence fence, long checkpoint) implements ToReplica {}
}
