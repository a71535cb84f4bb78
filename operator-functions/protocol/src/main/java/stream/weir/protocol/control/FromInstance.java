package stream.weir.protocol.control;

import java.util.Optional;

/** From a stage process to the coordinator. Its stage and address were said when the connection was made. */
public sealed interface FromInstance {
    /**
     * What the process is; the answer to {@link ToInstance.Lead}. The replica's own standing reports follow: {@code Opened}, {@code
     * Finished}, {@code Failed}, and the newest {@code Committed}, in the new term.
     *
     * @param running the replica it is; empty when it waits for an assignment
     * @param files whose state its disk holds from earlier; a hint for the choice of its next assignment
     */
    record Holding(Optional<Held> running, Optional<ReplicaId> files) implements FromInstance {}

    /** What the replica says. */
    record Report(ToCoordinator message) implements FromInstance {}

    /** The replica could not be opened. */
    record NotOpened(Fence fence, ReplicaId replica, Cause cause, String error) implements FromInstance {}

    /**
     * The process wants to end, and goes on working until it is told to, or its grace time is over.
     *
     * @param graceMillis what is left of it
     */
    record Departing(long graceMillis, String reason) implements FromInstance {}

    /** How the replica gets on; from time to time. */
    record Progress(Fence fence, ReplicaId replica, ReplicaProgress progress) implements FromInstance {}

    /**
     * What {@link ToInstance.Prepare} asked for is here, or as much of it as could be had.
     *
     * @param fence that of the request
     * @param number that of the request
     */
    record Prepared(Fence fence, long number) implements FromInstance {}

    /**
     * @param highestCheckpoint the greatest id of a checkpoint that it was told of, 0 for none
     */
    record Held(Fence fence, ReplicaId replica, long highestCheckpoint) {}

    /** Whether another attempt makes sense. */
    enum Cause {
        /** State does not fit the steps: it will not the next time either. */
        DOES_NOT_FIT,
        /** Something around it failed. */
        TROUBLE
    }
}
