package stream.weir.coordinator.checkpoint;

/** Why a job failed for good; the same word in log, metric, condition and answer. */
public enum JobFailure {
    /** More checkpoints failed in a row than {@code checkpoint.tolerableFailures}. */
    CHECKPOINTS_FAILED,
    /** Replicas were lost more often than the restart policy allows. */
    RESTARTS_EXHAUSTED,
    /** The state of a checkpoint does not fit the steps that are to go on with it. */
    STATE_DOES_NOT_FIT,
    /** Another coordinator has taken over. */
    FENCED
}
