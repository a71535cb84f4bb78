package stream.weir.coordinator.checkpoint;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import stream.weir.protocol.checkpoint.StageSchema;
import stream.weir.protocol.control.ReplicaId;

/**
 * What replicas have said of themselves in this run.
 *
 * @param schemas by stage
 * @param opened the replicas that have
 * @param finished likewise
 * @param committed the newest checkpoint each sink has committed
 */
public record ReplicaReports(
        Map<String, StageSchema> schemas, ReplicaSet opened, ReplicaSet finished, ReplicaMap<Long> committed) {
    static final ReplicaReports NONE =
            new ReplicaReports(Map.of(), ReplicaSet.NONE, ReplicaSet.NONE, ReplicaMap.none());

    public ReplicaReports {
        schemas = Map.copyOf(schemas);
    }

    ReplicaReports withOpened(ReplicaId replica, StageSchema schema) {
        Map<String, StageSchema> all = new HashMap<>(schemas);
        all.put(replica.stage(), schema);
        return new ReplicaReports(all, opened.with(replica), finished, committed);
    }

    ReplicaReports withFinished(ReplicaId replica) {
        return new ReplicaReports(schemas, opened, finished.with(replica), committed);
    }

    ReplicaReports withCommitted(ReplicaId replica, long checkpoint) {
        long newest = Math.max(checkpoint, committed.of(replica).orElse(0L));
        return new ReplicaReports(schemas, opened, finished, committed.with(replica, newest));
    }

    boolean haveCommitted(Collection<ReplicaId> sinks, long checkpoint) {
        return sinks.stream().allMatch(sink -> committed.of(sink).orElse(0L) >= checkpoint);
    }
}
