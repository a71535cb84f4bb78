package stream.weir.operator.status;

/** Of the condition {@code Stalled}: somebody has to do something. */
public enum StalledReason implements Reason {
    /** Nobody has to do anything. */
    NOT_STALLED,
    /** The spec cannot be run; the message has all problems. */
    INVALID_SPEC,
    /** What {@code restoreFrom} names is not there. */
    RESTORE_FAILED,
    /** The new image cannot read the state. */
    STATE_INCOMPATIBLE,
    /** The check of the state did not come to an end. */
    STATE_CHECK_FAILED,
    /** Pods of a change did not come up in time, or no run of it began; the old ones go on. */
    PROGRESS_DEADLINE_EXCEEDED,
    /** No checkpoint can be taken, so that a change would cost work. */
    CHECKPOINT_FAILING,
    /** The coordinator has given up. */
    JOB_FAILED,
    /** The coordinator refuses what the spec asks for. */
    REFUSED
}
