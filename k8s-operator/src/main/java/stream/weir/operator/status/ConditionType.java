package stream.weir.operator.status;

/** Conditions of a pipeline, in the order in which they are shown. */
public enum ConditionType {
    /** All stages run as the spec says, or as long as it is being changed the one before, and checkpoints complete. */
    READY("Ready"),
    /** The operator is changing something. */
    RECONCILING("Reconciling"),
    /** Somebody has to do something. */
    STALLED("Stalled"),
    CHECKPOINT_HEALTHY("CheckpointHealthy"),
    /** There is something to go back to. */
    RESTORABLE("Restorable"),
    /** What the spec names can read the last state. */
    STATE_COMPATIBLE("StateCompatible");

    private final String word;

    ConditionType(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
