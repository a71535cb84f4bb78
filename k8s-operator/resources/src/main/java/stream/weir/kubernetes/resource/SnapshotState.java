package stream.weir.kubernetes.resource;

/** How far a checkpoint or savepoint has come. */
public enum SnapshotState {
    Pending,
    InProgress,
    Completed,
    Failed,
    Abandoned
}
