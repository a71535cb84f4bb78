package stream.weir.coordinator;

import java.util.List;
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
