package stream.weir.protocol.checkpoint;

/**
 * How long a replica took, and how much it stored.
 *
 * @param alignmentNanos from the first barrier to the last
 * @param captureNanos on the replica's thread
 * @param uploadNanos in the background, until all was durable
 * @param stateBytes size of all state the snapshot refers to
 * @param uploadedBytes what was written to the store for it
 * @param heldBytes bytes that alignment held back
 * @param lastInput the link whose barrier came last; empty where there was no alignment
 */
public record SnapshotTimes(
        long alignmentNanos,
        long captureNanos,
        long uploadNanos,
        long stateBytes,
        long uploadedBytes,
        long heldBytes,
        String lastInput) {
    public static final SnapshotTimes NONE = new SnapshotTimes(0, 0, 0, 0, 0, 0, "");
}
