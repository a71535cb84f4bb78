package stream.weir.coordinator.status;

import java.util.Collection;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import stream.weir.protocol.control.ReplicaId;

/** Whom checkpoints under way still wait for. Belongs to one thread. */
final class Answers {
    private static final int NAMED = 3;

    private final TreeMap<Long, Waiting> byCheckpoint = new TreeMap<>();

    /** @param all how many were asked */
    private record Waiting(Set<ReplicaId> missing, int all) {}

    void begun(long checkpoint, Collection<ReplicaId> replicas) {
        byCheckpoint.put(checkpoint, new Waiting(new TreeSet<>(replicas), replicas.size()));
    }

    void add(long checkpoint, ReplicaId replica) {
        Waiting waiting = byCheckpoint.get(checkpoint);
        if (waiting != null) {
            waiting.missing.remove(replica);
        }
    }

    void ended(long checkpoint) {
        byCheckpoint.headMap(checkpoint, true).clear();
    }

    void clear() {
        byCheckpoint.clear();
    }

    /** In words; empty where nothing is known. */
    String missing(long checkpoint) {
        Waiting waiting = byCheckpoint.get(checkpoint);
        if (waiting == null) {
            return "";
        }
        if (waiting.missing.isEmpty()) {
            return "all " + waiting.all + " replicas have answered; its manifest is being stored";
        }
        String first = waiting.missing.stream()
                .limit(NAMED)
                .map(replica -> "stage " + replica.stage() + " replica " + replica.index())
                .collect(Collectors.joining(", "));
        int more = waiting.missing.size() - NAMED;
        return "waits for " + first + (more > 0 ? " and " + more + " more" : "") + "; "
                + (waiting.all - waiting.missing.size()) + " of " + waiting.all + " have answered";
    }
}
