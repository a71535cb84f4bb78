package stream.weir.operator.status;

/** Of the condition {@code StateCompatible}. */
public enum CompatibilityReason implements Reason {
    /** The new images can read the last state. */
    COMPATIBLE,
    /** Nothing was changed that state depends on, or there is no state yet. */
    NOTHING_TO_CHECK,
    /** The comparison goes on. */
    CHECKING,
    /** They cannot. */
    SCHEMA_CHANGED,
    /** The comparison did not come to an end. */
    CHECK_FAILED
}
