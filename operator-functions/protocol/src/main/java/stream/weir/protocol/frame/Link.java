package stream.weir.protocol.frame;

/**
 * One ordered connection from a replica to a replica.
 *
 * @param from stage that writes
 * @param output which of its outputs; empty for the main one
 * @param to stage that reads
 */
public record Link(String from, int fromReplica, String output, String to, int toReplica) {
    /** For people: {@code flights-0->by-carrier-1}, {@code by-carrier-0.late->strays-0}. */
    @Override
    public String toString() {
        return from + "-" + fromReplica + (output.isEmpty() ? "" : "." + output) + "->" + to + "-" + toReplica;
    }
}
