package stream.weir.operator.status;

/** Of the condition {@code Restorable}. */
public enum RestorableReason implements Reason {
    /** There is a complete checkpoint, and the coordinator has read its manifest. */
    MANIFEST_READ,
    /** There was none yet. */
    NO_CHECKPOINT,
    /** Nobody who knows answers. */
    UNKNOWN
}
