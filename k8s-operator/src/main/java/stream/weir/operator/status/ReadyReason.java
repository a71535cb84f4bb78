package stream.weir.operator.status;

/** Of the condition {@code Ready}. */
public enum ReadyReason implements Reason {
    /** All stages run, those of the old spec as long as it is being changed, and checkpoints complete. */
    RUNNING,
    /** All input is processed and its output committed. */
    COMPLETED,
    /** Processes come up. */
    STARTING,
    /** Replicas are missing. */
    STAGES_NOT_READY,
    /** Replicas go back to a checkpoint. */
    RECOVERING,
    /** Nobody leads, for 18 s or more where it was ready. */
    COORDINATOR_UNREACHABLE,
    /** All run, and no checkpoint was complete yet since the start or the change. */
    AWAITING_CHECKPOINT,
    /** All run, but a replica has work and does nothing of it. */
    NO_PROGRESS,
    /** The last complete checkpoint is too long ago. */
    CHECKPOINT_OVERDUE,
    /** The pipeline rests, as asked. */
    SUSPENDED,
    /** The coordinator has given up. */
    JOB_FAILED,
    /** The spec cannot be run. */
    INVALID_SPEC,
    /** It is being deleted. */
    DELETING
}
