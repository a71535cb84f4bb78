package stream.weir.coordinator.membership;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import stream.weir.protocol.control.ToReplica;

/** What the replicas of a run have been told and has not been overtaken since: said again on each new connection. Bounded. */
final class Standing {
    private static final int MOST_ABORTS = 64;

    private final SortedMap<Long, ToReplica> undone = new TreeMap<>();
    private ToReplica.@Nullable Complete complete;
    private ToReplica.@Nullable EndInput end;

    void note(ToReplica message) {
        switch (message) {
            case ToReplica.Complete said -> {
                if (complete == null || complete.checkpoint() < said.checkpoint()) {
                    complete = said;
                    undone.headMap(said.checkpoint() + 1).clear();
                }
            }
            // An abort takes the place of the trigger: what is told again is only that.
            case ToReplica.Trigger said -> undone.putIfAbsent(said.checkpoint(), said);
            case ToReplica.Abort said -> undone.put(said.checkpoint(), said);
            case ToReplica.EndInput said -> end = said;
        }
        while (undone.size() > MOST_ABORTS) {
            undone.remove(undone.firstKey());
        }
    }

    /** In an order in which it makes sense. */
    List<ToReplica> orders() {
        List<ToReplica> orders = new ArrayList<>();
        newestComplete().ifPresent(orders::add);
        orders.addAll(undone.values());
        Optional.ofNullable(end).ifPresent(orders::add);
        return orders;
    }

    Optional<ToReplica.Complete> newestComplete() {
        return Optional.ofNullable(complete);
    }
}
