package stream.weir.coordinator.loop;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.gateway.ReplicaGateway;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToReplica;

/** Tells all replicas of a run. Who cannot be told is lost. */
final class Broadcast {
    private static final Logger LOG = LoggerFactory.getLogger(Broadcast.class);

    private final ReplicaGateway gateway;
    private final Losses losses;

    Broadcast(ReplicaGateway gateway, Losses losses) {
        this.gateway = gateway;
        this.losses = losses;
    }

    /** Hears of replicas that are gone. */
    interface Losses {
        void replicaLost(long run, ReplicaId replica, String detail);
    }

    void send(PipelineDescription pipeline, ToReplica message) {
        for (ReplicaId replica : pipeline.replicas()) {
            try {
                gateway.send(replica, message);
            } catch (RuntimeException e) {
                LOG.warn("{}: cannot send {} to {}", pipeline.name(), message, replica, e);
                losses.replicaLost(message.fence().run(), replica, "cannot be reached: " + e);
            }
        }
    }
}
