package stream.weir.runtime.stage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import stream.weir.api.pipeline.Partitioning;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.frame.Link;

/**
 * Which replicas have nothing left to do when a run starts from a checkpoint. That a replica was finished in it is not enough: in
 * at-least-once mode it may have read past the barrier to the end of its input, while those upstream of it go back to the barrier
 * and send once more. What they send again need not come to the replica that had it before: on a rebalanced edge it may come to
 * this one, which would drop it.
 *
 * <p>So a replica counts as finished when it was, and all replicas that are linked to it count as finished too. By key and
 * broadcast, what comes again comes to where it was before: there it is enough that the stage upstream was part of the checkpoint.
 * (Taken for unfinished, such a replica would count what it has counted, and give results of windows anew from what is sent again
 * only.) Pure.
 */
final class FinishedReplicas {
    private final Map<String, List<ReplicaSnapshot>> snapshots;
    private final PipelineGraph graph;
    private final Map<ReplicaId, Boolean> known = new HashMap<>();

    private FinishedReplicas(Map<String, List<ReplicaSnapshot>> snapshots, PipelineGraph graph) {
        this.snapshots = snapshots;
        this.graph = graph;
    }

    /** @param graph of the pipeline as it is now; after a change of parallelism a stage is finished as a whole or not at all */
    static Set<ReplicaId> of(Manifest manifest, PipelineGraph graph) {
        Map<String, List<ReplicaSnapshot>> byStage =
                manifest.replicas().stream().collect(Collectors.groupingBy(ReplicaSnapshot::stage));
        FinishedReplicas finished = new FinishedReplicas(byStage, graph);
        return graph.replicas().stream().filter(finished::isFinished).collect(Collectors.toUnmodifiableSet());
    }

    private boolean isFinished(ReplicaId replica) {
        Boolean answer = known.get(replica);
        if (answer == null) {
            answer = wasFinished(replica)
                    && graph.edgesTo(replica.stage()).stream().allMatch(edge -> hasAll(edge, replica.index()));
            known.put(replica, answer);
        }
        return answer;
    }

    private boolean wasFinished(ReplicaId replica) {
        List<ReplicaSnapshot> stage = snapshots.getOrDefault(replica.stage(), List.of());
        boolean sameParallelism =
                stage.size() == graph.pipeline().stage(replica.stage()).replicas();
        return sameParallelism
                ? stage.stream().anyMatch(each -> each.replica() == replica.index() && each.finished())
                : !stage.isEmpty() && stage.stream().allMatch(ReplicaSnapshot::finished);
    }

    /** Whether a finished replica has read all that can come to it by an edge. */
    private boolean hasAll(PipelineGraph.Edge edge, int reader) {
        return switch (edge.partitioning()) {
            case Partitioning.ByKey<?, ?> byKey ->
                snapshots.containsKey(edge.from().name());
            case Partitioning.Broadcast broadcast ->
                snapshots.containsKey(edge.from().name());
            case Partitioning.Rebalance rebalance -> areFinished(edge.linksTo(reader));
            case Partitioning.Forward forward -> areFinished(edge.linksTo(reader));
        };
    }

    private boolean areFinished(List<Link> links) {
        return links.stream().allMatch(link -> isFinished(new ReplicaId(link.from(), link.fromReplica())));
    }
}
