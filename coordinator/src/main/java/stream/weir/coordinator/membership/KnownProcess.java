package stream.weir.coordinator.membership;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        String name, String stage, String revision, Address address, boolean connected, Optional<ReplicaId> replica) {
    /** @param places of the present run; empty between two */
    static List<KnownProcess> all(Collection<Instance> instances, Optional<Places> places) {
        Map<Instance, ReplicaId> holders = new HashMap<>();
        places.ifPresent(present ->
                present.all().forEach(place -> place.holder().ifPresent(each -> holders.put(each, place.replica()))));
        return instances.stream()
                .map(each -> new KnownProcess(
                        each.name(),
                        each.stage(),
                        each.revision(),
                        each.address(),
                        each.isConnected(),
                        Optional.ofNullable(holders.get(each))))
                .toList();
    }
}
