package stream.weir.coordinator.checkpoint;

/** What is known of the checkpoint that a job takes before it stops. */
public enum LastCheckpoint {
    /** Complete, and sinks have committed what it covers: nothing is left to do. */
    COMMITTED,
    /** Complete, but not all sinks have said that they committed; the next start has them do so. */
    COMPLETE,
    /** Not known to be complete. The next start goes on from an older one, or begins anew. */
    NONE
}
