package stream.weir.protocol.control;

/**
 * Which course of the data and which leadership a message belongs to.
 *
 * @param run grows when replicas roll back
 * @param term grows when another coordinator leads
 */
public record Fence(String pipeline, long run, long term) {
    /** Whether a message with this fence comes from a past run, a past term or another pipeline. */
    public boolean isOlderThan(Fence current) {
        return !pipeline.equals(current.pipeline) || run < current.run || term < current.term;
    }
}
