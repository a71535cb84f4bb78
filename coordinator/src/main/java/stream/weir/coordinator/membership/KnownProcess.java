package stream.weir.coordinator.membership;

import java.util.Optional;
import stream.weir.protocol.control.Address;
import stream.weir.protocol.control.ReplicaId;

/**
 * A stage process, for the status.
 *
 * @param connected whether it can be spoken to now
 * @param replica what it is in the present run; empty for one that waits
 */
public record KnownProcess(
        String name, String stage, String revision, Address address, boolean connected, Optional<ReplicaId> replica) {}
