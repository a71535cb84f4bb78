package stream.weir.coordinator.checkpoint;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.StageSchema;

/** State in a checkpoint that no stage of a pipeline claims. */
public final class StatesWithoutStage {
    private StatesWithoutStage() {}

    /** Names of the stages, each with its states; empty where every state has its stage. */
    public static String in(Manifest manifest, PipelineDescription pipeline) {
        Set<String> known = pipeline.counts().keySet();
        Set<String> orphans = new TreeSet<>();
        for (ReplicaSnapshot replica : manifest.replicas()) {
            boolean hasState = !replica.keyed().isEmpty() || !replica.operator().isEmpty();
            if (hasState && !known.contains(replica.stage())) {
                orphans.add(replica.stage());
            }
        }
        return orphans.stream()
                .map(stage -> {
                    List<String> states = manifest.stages().stream()
                            .filter(schema -> schema.stage().equals(stage))
                            .flatMap(schema -> schema.states().stream())
                            .map(StageSchema.StateSchema::state)
                            .toList();
                    return states.isEmpty() ? stage : stage + " " + states;
                })
                .collect(Collectors.joining(", "));
    }
}
