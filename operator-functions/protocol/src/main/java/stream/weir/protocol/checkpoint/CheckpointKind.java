package stream.weir.protocol.checkpoint;

/** Why a checkpoint was taken. */
public enum CheckpointKind {
    /** By schedule. */
    PERIODIC,
    /** Asked for, by a person or before a stop. */
    REQUESTED,
    /** All inputs have ended. */
    FINAL,
    /** Belongs to the user. */
    SAVEPOINT
}
