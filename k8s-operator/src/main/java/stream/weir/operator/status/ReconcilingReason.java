package stream.weir.operator.status;

/** Of the condition {@code Reconciling}. */
public enum ReconcilingReason implements Reason {
    /** Nothing is being changed. */
    UP_TO_DATE,
    /** The first processes come up. */
    CREATING,
    /** Stages get other numbers of replicas. */
    RESCALING,
    /** Processes of a changed spec come up beside the old ones, or take over. */
    UPGRADING,
    /** The state of the new image is compared with the last checkpoint. */
    CHECKING_STATE,
    /** A last checkpoint is taken, then the pods go. */
    SUSPENDING,
    /** Pods come back. */
    RESUMING,
    /** Pods of a node that is gone are replaced. */
    REPLACING_LOST_PODS,
    /** A last savepoint is taken, or data are deleted. */
    CLEANING_UP
}
