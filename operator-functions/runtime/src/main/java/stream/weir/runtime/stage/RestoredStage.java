package stream.weir.runtime.stage;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import stream.weir.api.pipeline.Stage;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.OperatorState;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.StageSchema;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.control.ReplicaId;

/**
 * One stage's part of the checkpoint a run starts from; empty lists where the stage was not in it.
 *
 * @param checkpoint its id, 0 for none
 * @param finished indexes of the replicas that have nothing left to do; see {@link FinishedReplicas}
 * @param rescaled stages of the pipeline that have another number of replicas now
 */
public record RestoredStage(
        long checkpoint,
        Optional<StageSchema> schema,
        List<ReplicaSnapshot> replicas,
        Set<Integer> finished,
        Set<String> rescaled) {
    /** A start from nothing. */
    public static final RestoredStage NONE = new RestoredStage(0, Optional.empty(), List.of(), Set.of(), Set.of());

    public RestoredStage {
        replicas = List.copyOf(replicas);
        finished = Set.copyOf(finished);
        rescaled = Set.copyOf(rescaled);
    }

    /** @param graph of the pipeline as it is now, which may be another than the manifest's */
    public static RestoredStage of(Manifest manifest, PipelineGraph graph, String stage) {
        return new RestoredStage(
                manifest.checkpoint(),
                manifest.stages().stream()
                        .filter(schema -> schema.stage().equals(stage))
                        .findFirst(),
                manifest.replicas().stream()
                        .filter(replica -> replica.stage().equals(stage))
                        .toList(),
                FinishedReplicas.of(manifest, graph).stream()
                        .filter(replica -> replica.stage().equals(stage))
                        .map(ReplicaId::index)
                        .collect(Collectors.toSet()),
                rescaled(manifest, graph));
    }

    private static Set<String> rescaled(Manifest manifest, PipelineGraph graph) {
        Map<String, Long> counts = manifest.replicas().stream()
                .collect(Collectors.groupingBy(ReplicaSnapshot::stage, Collectors.counting()));
        return graph.pipeline().stages().stream()
                .filter(stage -> counts.getOrDefault(stage.name(), 0L) != stage.replicas())
                .map(Stage::name)
                .collect(Collectors.toSet());
    }

    /** Handles of all replicas' keyed state. */
    List<StateHandle> keyed() {
        return replicas.stream().flatMap(replica -> replica.keyed().stream()).toList();
    }

    /** Entries of all replicas under one name. */
    List<OperatorState.Entry> operator(String name) {
        return replicas.stream()
                .flatMap(replica -> entries(replica, name).stream())
                .toList();
    }

    /** Entries of one replica under one name; none where the stage had fewer replicas. */
    List<OperatorState.Entry> operator(String name, int replica) {
        return replicas.stream()
                .filter(snapshot -> snapshot.replica() == replica)
                .flatMap(snapshot -> entries(snapshot, name).stream())
                .toList();
    }

    /** Whether replica {@code index} has nothing left to do. */
    boolean finished(int index) {
        return finished.contains(index);
    }

    private static List<OperatorState.Entry> entries(ReplicaSnapshot replica, String name) {
        return replica.operator().stream()
                .filter(state -> state.name().equals(name))
                .flatMap(state -> state.entries().stream())
                .toList();
    }
}
