package stream.weir.verification.simulation;

/** What goes wrong. */
enum Fault {
    /** A replica's process is killed between two steps. */
    REPLICA_KILLED(Kind.TIMED),
    /** A replica's process is killed while it sends. */
    REPLICA_KILLED_IN_STEP(Kind.CHANCE),
    /** A connection between two replicas breaks. */
    LINK_BROKEN(Kind.TIMED),
    /** The coordinator's process is killed between two steps. */
    COORDINATOR_KILLED(Kind.TIMED),
    /** The coordinator's process is killed right after a call to the store took effect. */
    COORDINATOR_KILLED_IN_CALL(Kind.CHANCE),
    /** The coordinator's process is killed while it tells replicas something. */
    COORDINATOR_KILLED_IN_SEND(Kind.CHANCE),
    /** A second coordinator starts while the first is alive. */
    TWO_COORDINATORS(Kind.TIMED),
    /** Everything is killed at once. */
    ALL_KILLED(Kind.TIMED),
    /** Somebody goes back to an older checkpoint, with a target as it was then. */
    WENT_BACK(Kind.TIMED),
    /** Everything is killed, and started with other numbers of replicas. */
    RESCALED(Kind.TIMED),
    /** A bit of a frame is another one when it arrives. */
    FRAME_CORRUPTED(Kind.CHANCE),
    /** A bit of a state file is another one when it is read. */
    FILE_CORRUPTED(Kind.CHANCE),
    /** The store says no to the coordinator. */
    STORE_REFUSED(Kind.CHANCE),
    /** The store did it, but the answer is lost. */
    STORE_APPLIED_BUT_UNKNOWN(Kind.CHANCE),
    /** The store did not do it, and there is no answer. */
    STORE_LOST_AND_UNKNOWN(Kind.CHANCE),
    /** The store, or its answer, takes very long. */
    STORE_SLOW(Kind.CHANCE),
    /** A replica's upload or download fails. */
    TRANSFER_FAILED(Kind.CHANCE),
    /** An upload goes on after its replica's run has ended. */
    UPLOAD_OUTLIVES_RUN(Kind.CHANCE),
    /** A message between coordinator and replica is lost. */
    MESSAGE_LOST(Kind.CHANCE),
    /** It arrives twice. */
    MESSAGE_TWICE(Kind.CHANCE),
    /** It takes very long. */
    MESSAGE_SLOW(Kind.CHANCE),
    /** A sink's process is killed right before a commit takes effect. */
    KILLED_BEFORE_COMMIT(Kind.CHANCE),
    /** A sink's process is killed right after a commit took effect. */
    KILLED_AFTER_COMMIT(Kind.CHANCE),
    /** A sink's target refuses a commit. */
    COMMIT_FAILED(Kind.CHANCE),
    /** A sink cannot make its rows durable. */
    PREPARE_FAILED(Kind.CHANCE),
    /** The wall clock jumps. */
    CLOCK_JUMPED(Kind.TIMED);

    private final Kind kind;

    Fault(Kind kind) {
        this.kind = kind;
    }

    /** When a fault may happen. */
    enum Kind {
        /** At any time. */
        TIMED,
        /** Whenever that is done which may fail. */
        CHANCE
    }

    Kind kind() {
        return kind;
    }
}
