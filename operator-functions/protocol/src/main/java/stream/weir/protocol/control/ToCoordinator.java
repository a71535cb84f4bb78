package stream.weir.protocol.control;

import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.StageSchema;

/** From a replica to the coordinator. */
public sealed interface ToCoordinator {
    Fence fence();

    ReplicaId replica();

    /**
     * The replica has restored its state and declared what it keeps; the first message of a replica in a run. No checkpoint is
     * triggered before all replicas have said so.
     *
     * @param schema of the whole stage; its replicas say the same
     */
    record Opened(Fence fence, ReplicaId replica, StageSchema schema) implements ToCoordinator {}

    /** Everything of this replica for the checkpoint is durable. */
    record Acknowledge(Fence fence, ReplicaId replica, long checkpoint, ReplicaSnapshot snapshot)
            implements ToCoordinator {}

    /** This replica cannot take part. */
    record Decline(Fence fence, ReplicaId replica, long checkpoint, CheckpointFailure reason, String detail)
            implements ToCoordinator {}

    /** All inputs have ended and everything is sent on; waits for the final checkpoint. */
    record Finished(Fence fence, ReplicaId replica) implements ToCoordinator {}

    /**
     * The sink has committed everything up to and including this checkpoint. Answers {@link ToReplica.Complete}, also one that
     * repeats the checkpoint the replica was restored from.
     */
    record Committed(Fence fence, ReplicaId replica, long checkpoint) implements ToCoordinator {}

    /** The replica cannot go on. */
    record Failed(Fence fence, ReplicaId replica, String error) implements ToCoordinator {}
}
