package stream.weir.coordinator.gateway;

import java.util.Optional;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToReplica;

/**
 * The coordinator's side of the wire to the replicas. Messages to one replica arrive in order or not at all; what a replica says
 * goes to the loop's {@code receive}. Called on the loop's thread, must not block; an exception counts as the loss of the
 * replica.
 */
public interface ReplicaGateway {
    /**
     * All replicas leave whatever run they are in, restore {@code from} (or begin empty), and go on in the run of {@code fence}.
     * Each one says {@code Opened} when it has restored. What is sent afterwards reaches the replicas of this run only.
     */
    void restart(Fence fence, Optional<Manifest> from);

    void send(ReplicaId to, ToReplica message);
}
