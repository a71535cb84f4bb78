package stream.weir.protocol.checkpoint;

/** Why a checkpoint did not come about; the same word in log, metric, condition and answer. */
public enum CheckpointFailure {
    /** Not all acknowledged within {@code checkpoint.timeout}. */
    TIMED_OUT,
    /** A newer barrier arrived before the alignment was over. */
    SUBSUMED,
    /** Alignment held back more than {@code alignment.maxBytes}. */
    ALIGNMENT_LIMIT_EXCEEDED,
    /** More checkpoints were pending in at-least-once mode than are tracked. */
    TOO_MANY_PENDING,
    /** A cancel marker arrived. */
    CANCELLED,
    /** State could not be captured. */
    CAPTURE_FAILED,
    /** State could not be stored. */
    UPLOAD_FAILED,
    /** State is larger than the Memory backend may hold. */
    STATE_TOO_LARGE,
    /** A sink could not prepare. */
    SINK_FAILED,
    /** A replica was lost. */
    REPLICA_LOST,
    /** The store refused or lost the manifest. */
    STORE_FAILED,
    /** Another coordinator has taken over. */
    FENCED,
    /** The job went back to an earlier checkpoint, or was stopped. */
    RUN_ENDED
}
