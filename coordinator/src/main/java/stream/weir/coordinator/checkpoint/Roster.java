package stream.weir.coordinator.checkpoint;

import java.util.List;
import java.util.Map;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.protocol.control.ReplicaId;

/** The replicas of one run, listed once, as there may be thousands of them. Immutable. */
public final class Roster {
    private final PipelineDescription pipeline;
    private final List<ReplicaId> replicas;
    private final Map<String, Integer> counts;
    private final List<ReplicaId> sinks;

    private Roster(PipelineDescription pipeline, List<ReplicaId> replicas, List<ReplicaId> sinks) {
        this.pipeline = pipeline;
        this.replicas = replicas;
        this.counts = pipeline.counts();
        this.sinks = sinks;
    }

    static Roster of(PipelineDescription pipeline) {
        return new Roster(pipeline, pipeline.replicas(), pipeline.sinks());
    }

    public PipelineDescription pipeline() {
        return pipeline;
    }

    /** In the pipeline's order. */
    List<ReplicaId> replicas() {
        return replicas;
    }

    /** Those that commit. */
    List<ReplicaId> sinks() {
        return sinks;
    }

    boolean has(ReplicaId replica) {
        return replica.index() < counts.getOrDefault(replica.stage(), 0);
    }

    /**
     * Whether these are all replicas.
     *
     * @param admitted how many there are of which {@link #has} is true, each counted once: {@code Inbox} refuses what others say
     */
    boolean isAll(int admitted) {
        return admitted == replicas.size();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Roster roster && pipeline.equals(roster.pipeline);
    }

    @Override
    public int hashCode() {
        return pipeline.hashCode();
    }

    @Override
    public String toString() {
        return pipeline.toString();
    }
}
