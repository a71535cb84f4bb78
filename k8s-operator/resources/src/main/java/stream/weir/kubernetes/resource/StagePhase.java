package stream.weir.kubernetes.resource;

/** Where a stage is. */
public enum StagePhase {
    Pending,
    Running,
    Rescaling,
    Upgrading,
    Recovering,
    Suspended,
    Completed,
    Failed
}
