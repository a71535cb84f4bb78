package stream.weir.coordinator.checkpoint;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import stream.weir.protocol.checkpoint.StageSchema;
import stream.weir.protocol.control.ReplicaId;

/**
 * What replicas have said of themselves in this run.
 *
 * @param schemas by stage
 * @param committed the newest checkpoint each sink has committed
 */
public record ReplicaReports(
        Map<String, StageSchema> schemas,
        Set<ReplicaId> opened,
        Set<ReplicaId> finished,
        Map<ReplicaId, Long> committed) {
    static final ReplicaReports NONE = new ReplicaReports(Map.of(), Set.of(), Set.of(), Map.of());

    public ReplicaReports {
        schemas = Map.copyOf(schemas);
        opened = Set.copyOf(opened);
        finished = Set.copyOf(finished);
        committed = Map.copyOf(committed);
    }

    ReplicaReports withOpened(ReplicaId replica, StageSchema schema) {
        Map<String, StageSchema> all = new HashMap<>(schemas);
        all.put(replica.stage(), schema);
        return new ReplicaReports(all, with(opened, replica), finished, committed);
    }

    ReplicaReports withFinished(ReplicaId replica) {
        return new ReplicaReports(schemas, opened, with(finished, replica), committed);
    }

    ReplicaReports withCommitted(ReplicaId replica, long checkpoint) {
        Map<ReplicaId, Long> all = new HashMap<>(committed);
        all.merge(replica, checkpoint, Math::max);
        return new ReplicaReports(schemas, opened, finished, all);
    }

    boolean haveCommitted(Collection<ReplicaId> sinks, long checkpoint) {
        return sinks.stream().allMatch(sink -> committed.getOrDefault(sink, 0L) >= checkpoint);
    }

    private static Set<ReplicaId> with(Set<ReplicaId> some, ReplicaId one) {
        Set<ReplicaId> all = new HashSet<>(some);
        all.add(one);
        return all;
    }
}
