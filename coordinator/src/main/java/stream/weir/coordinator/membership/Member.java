package stream.weir.coordinator.membership;

import java.util.Optional;
import stream.weir.protocol.control.Address;
import stream.weir.protocol.control.ReplicaId;

/**
 * A replica and the process that it is, for the status.
 *
 * @param instance empty while no process has the replica
 * @param connected whether the process can be spoken to now
 */
public record Member(ReplicaId replica, Optional<String> instance, Optional<Address> address, boolean connected) {
    static Member of(Places.Place place) {
        return new Member(
                place.replica(),
                place.holder().map(Instance::name),
                place.holder().map(Instance::address),
                place.holder().filter(Instance::isConnected).isPresent());
    }
}
