package stream.weir.operator.status;

/** Of the condition {@code CheckpointHealthy}. */
public enum CheckpointReason implements Reason {
    /** The last one is complete. */
    COMPLETED,
    /** There was none yet. */
    NONE_YET,
    /** The last one failed. */
    FAILING,
    /** The last one took too long. */
    TIMED_OUT,
    /** The last one held back more than allowed. */
    ALIGNMENT_LIMIT_EXCEEDED,
    /** None was complete for too long. */
    OVERDUE,
    /** Nobody who knows answers. */
    UNKNOWN
}
