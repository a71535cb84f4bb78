package stream.weir.coordinator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import stream.weir.protocol.control.ReplicaId;

/**
 * What the coordinator has to know of a pipeline.
 *
 * @param stages in the pipeline's order
 */
public record PipelineDescription(String name, List<StageDescription> stages) {
    public PipelineDescription {
        stages = List.copyOf(stages);
    }

    /**
     * @param replicas how many, at least 1
     * @param hasSink whether its replicas commit, and say so, when a checkpoint is complete
     * @param revision of the processes that can be its replicas; empty where processes have none
     */
    public record StageDescription(String name, int replicas, boolean hasSink, String revision) {
        /** A stage whose processes have no revision. */
        public StageDescription(String name, int replicas, boolean hasSink) {
            this(name, replicas, hasSink, "");
        }

        Stream<ReplicaId> replicaIds() {
            return IntStream.range(0, replicas).mapToObj(index -> new ReplicaId(name, index));
        }
    }

    /** How many replicas each stage has, in the pipeline's order. */
    public Map<String, Integer> counts() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        stages.forEach(stage -> counts.put(stage.name(), stage.replicas()));
        return Collections.unmodifiableMap(counts);
    }

    /** The same with other numbers of replicas; stages that are not named keep theirs. */
    public PipelineDescription with(Map<String, Integer> counts) {
        return new PipelineDescription(
                name,
                stages.stream()
                        .map(stage -> new StageDescription(
                                stage.name(),
                                counts.getOrDefault(stage.name(), stage.replicas()),
                                stage.hasSink(),
                                stage.revision()))
                        .toList());
    }

    /** Whether both have the same stages, in whichever order. */
    public boolean isSameAs(PipelineDescription other) {
        return name.equals(other.name) && Set.copyOf(stages).equals(Set.copyOf(other.stages));
    }

    /** What is different in {@code next}, for people: {@code count 2 -> 3, total changed}. */
    public String changesTo(PipelineDescription next) {
        Map<String, StageDescription> before = new LinkedHashMap<>();
        stages.forEach(stage -> before.put(stage.name(), stage));
        List<String> changes = new ArrayList<>();
        for (StageDescription stage : next.stages) {
            StageDescription was = before.remove(stage.name());
            if (was == null) {
                changes.add(stage.name() + " is new");
                continue;
            }
            if (was.replicas() != stage.replicas()) {
                changes.add(stage.name() + " " + was.replicas() + " -> " + stage.replicas());
            }
            if (!was.revision().equals(stage.revision())) {
                changes.add(stage.name() + " changed");
            }
        }
        before.keySet().forEach(gone -> changes.add(gone + " is gone"));
        return String.join(", ", changes);
    }

    /** In the pipeline's order. */
    public List<ReplicaId> replicas() {
        return stages.stream().flatMap(StageDescription::replicaIds).toList();
    }

    /** Those that commit. */
    public List<ReplicaId> sinks() {
        return stages.stream()
                .filter(StageDescription::hasSink)
                .flatMap(StageDescription::replicaIds)
                .toList();
    }
}
