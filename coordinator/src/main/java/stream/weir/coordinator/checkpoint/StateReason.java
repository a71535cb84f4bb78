package stream.weir.coordinator.checkpoint;

/** Why a job came into another state; the first word of the line in the log that says so. That it failed for good is a {@link JobFailure}. */
public enum StateReason {
    /** A replica said that it could not go on. */
    REPLICA_FAILED,
    /** The process of a replica, or the way to it, was lost. */
    REPLICA_LOST,
    /** Sinks have not committed the last checkpoint in time. */
    NOT_COMMITTED,
    /** The next run is to have other replicas. */
    OTHER_REPLICAS,
    /** The delay before the next run is over, and its record is being written. */
    DELAY_OVER,
    /** The record of the next run is durable, and its replicas begin. */
    RUN_OPENED,
    /** All replicas have come to the end of their input. */
    INPUT_FINISHED,
    /** Somebody asked for a stop. */
    STOP_REQUESTED,
    /** All output is committed. */
    OUTPUT_COMMITTED,
    /** A stop did not wait any longer for its last checkpoint. */
    DEADLINE_REACHED
}
