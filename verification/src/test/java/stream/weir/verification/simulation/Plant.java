package stream.weir.verification.simulation;

import java.util.function.Consumer;
import stream.weir.coordinator.gateway.ReplicaGateway;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.frame.Link;
import stream.weir.runtime.channel.FrameSink;
import stream.weir.runtime.stage.RestoredStage;
import stream.weir.store.ObjectStore;

/** Where a bug can be planted between the parts; by itself there is none. */
interface Plant {
    Plant NONE = new Plant() {};

    default FrameSink sink(Link link, FrameSink sink) {
        return sink;
    }

    default Consumer<ToCoordinator> hearing(SimRun run, ReplicaId replica, Consumer<ToCoordinator> coordinator) {
        return coordinator;
    }

    default RestoredStage restored(RestoredStage stage) {
        return stage;
    }

    default ReplicaGateway gateway(World world, ReplicaGateway gateway) {
        return gateway;
    }

    /** The store that replicas upload to. */
    default ObjectStore uploads(World world, ObjectStore store) {
        return store;
    }
}
