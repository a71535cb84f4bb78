package stream.weir.operator.status;

/** Of events. There is none for what goes well again and again. */
public enum EventReason implements Reason {
    /** It runs, after a start or a resumption. */
    PIPELINE_STARTED,
    /** It rests, as asked. */
    PIPELINE_SUSPENDED,
    /** All input is processed. */
    PIPELINE_COMPLETED,
    /** The coordinator gets a changed pipeline file. */
    SPEC_CHANGED,
    /** A changed spec begins to take the place of what runs. */
    UPGRADE_STARTED,
    /** The changed spec runs. */
    UPGRADE_COMPLETED,
    /** Another coordinator leads, or one of another term. */
    COORDINATOR_ELECTED,
    /** Replicas went back to a checkpoint, and a new run began there. */
    RESTORED_FROM_CHECKPOINT,
    /** The coordinator is told of other numbers of replicas. */
    STAGE_RESCALING,
    /** All run with the new numbers. */
    STAGE_RESCALED,
    /** The coordinator refuses the new numbers, or the changed spec. */
    RESCALE_REFUSED,
    /** A pod is gone and is replaced. */
    POD_LOST,
    /** A node looks lost, and gets no new pods. */
    NODE_LOST,
    /** The node is there again; the event is of the node itself. */
    NODE_BACK,
    /** A checkpoint failed, or none was complete for too long, after all was well. */
    CHECKPOINT_FAILED,
    /** The same, as it took too long. */
    CHECKPOINT_TIMED_OUT,
    /** The same, as an alignment held back more than allowed. */
    ALIGNMENT_LIMIT_EXCEEDED,
    /** The new image cannot read the state. */
    STATE_INCOMPATIBLE,
    /** The spec cannot be run, or a change of it does not come to its end. */
    VALIDATION_FAILED,
    /** A savepoint is there. */
    SAVEPOINT_COMPLETED,
    /** A savepoint could not be taken. */
    SAVEPOINT_FAILED,
    /** The autoscaler thinks another number of replicas right. */
    SCALING_RECOMMENDED,
    /** The autoscaler has found that more replicas did not help. */
    INEFFECTIVE_SCALING,
    /** What the deletion policy asks for is done. */
    CLEANUP_COMPLETED,
    /** It could not be done, or not in time; data that were not deleted stay where they are. */
    CLEANUP_FAILED,
    /** The coordinator has given up. */
    JOB_FAILED
}
