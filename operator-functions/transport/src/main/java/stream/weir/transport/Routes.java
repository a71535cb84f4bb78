package stream.weir.transport;

import java.util.Map;
import java.util.Optional;
import stream.weir.protocol.control.Address;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.frame.Link;

/** Where replicas listen; any thread. */
final class Routes {
    private volatile Map<ReplicaId, Address> addresses = Map.of();

    void replace(Map<ReplicaId, Address> newAddresses) {
        addresses = Map.copyOf(newAddresses);
    }

    /** Where the reader of a link listens. */
    Optional<Address> reader(Link link) {
        return Optional.ofNullable(addresses.get(new ReplicaId(link.to(), link.toReplica())));
    }
}
