package stream.weir.protocol.checkpoint;

/**
 * How long a replica took, step by step, and how much it stored:
 *
 * <pre>
 *   trigger ──barrier──► first barrier ──alignment──► aligned ──capture──► captured ──upload──► stored ──► acknowledged
 *      └─────────────────────────────────────acknowledged──────────────────────────────────────────────────┘
 * </pre>
 *
 * Each time is measured with one clock, the replica's own or the coordinator's, so clocks need not agree.
 *
 * @param barrierNanos from the trigger, as the replica heard of it, to the first barrier; 0 where there is no barrier to wait for
 * @param alignmentNanos from the first barrier until all had arrived; 0 where there is nothing to align: one link, or a source
 * @param captureNanos on the replica's thread
 * @param uploadNanos from the end of the capture until all was durable, in the background; waiting for a thread is a part of it
 * @param acknowledgedNanos from the trigger to the acknowledgement, by the coordinator's clock; 0 until it is there
 * @param stateBytes size of all state the snapshot refers to
 * @param uploadedBytes what was written to the store for it
 * @param heldBytes bytes that alignment held back
 * @param lastInput the link whose barrier came last, which is what the replica waited for; empty where there was no alignment
 */
public record SnapshotTimes(
        long barrierNanos,
        long alignmentNanos,
        long captureNanos,
        long uploadNanos,
        long acknowledgedNanos,
        long stateBytes,
        long uploadedBytes,
        long heldBytes,
        String lastInput) {
    public static final SnapshotTimes NONE = new SnapshotTimes(0, 0, 0, 0, 0, 0, 0, 0, "");

    /** The upload has ended. */
    public SnapshotTimes uploaded(long nanos, long ofStateBytes, long ofUploadedBytes) {
        return new SnapshotTimes(
                barrierNanos,
                alignmentNanos,
                captureNanos,
                nanos,
                acknowledgedNanos,
                ofStateBytes,
                ofUploadedBytes,
                heldBytes,
                lastInput);
    }

    /** The coordinator has the acknowledgement. */
    public SnapshotTimes acknowledged(long nanos) {
        return new SnapshotTimes(
                barrierNanos,
                alignmentNanos,
                captureNanos,
                uploadNanos,
                nanos,
                stateBytes,
                uploadedBytes,
                heldBytes,
                lastInput);
    }
}
