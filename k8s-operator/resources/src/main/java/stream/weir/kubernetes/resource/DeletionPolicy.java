package stream.weir.kubernetes.resource;

/** What becomes of a pipeline's data when it is deleted. */
public enum DeletionPolicy {
    Retain,
    Delete,
    Savepoint
}
