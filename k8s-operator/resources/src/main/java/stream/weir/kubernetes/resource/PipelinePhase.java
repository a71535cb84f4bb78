package stream.weir.kubernetes.resource;

/** Where a pipeline is; a summary of its conditions. */
public enum PipelinePhase {
    Pending,
    Starting,
    Running,
    Rescaling,
    Upgrading,
    Recovering,
    Suspending,
    Suspended,
    Completed,
    Failed,
    Deleting
}
