package stream.weir.coordinator.store;

/** Why a pipeline does not start; the same word in log, condition and answer. */
public enum StartRefusal {
    /** The folder belongs to another pipeline. */
    OWNED_BY_ANOTHER,
    /** Another coordinator has a newer term. */
    FENCED,
    /** The store does not answer as it has to. */
    STORE_FAILED,
    /** A checkpoint, or the record of a run, cannot be read. */
    CHECKPOINT_INVALID,
    /** There is no such checkpoint. */
    CHECKPOINT_MISSING,
    /** An object that the checkpoint names is not there, or has another length. */
    OBJECT_MISSING,
    /** The branch has had checkpoints, but there are none any more. */
    WOULD_START_EMPTY,
    /** The checkpoint was taken with another number of key groups. */
    MAX_PARALLELISM_CHANGED,
    /** The checkpoint has state that no stage claims. */
    STATE_DROPPED,
    /** Sinks have committed output beyond the checkpoint. */
    OUTPUT_COMMITTED_BEYOND
}
