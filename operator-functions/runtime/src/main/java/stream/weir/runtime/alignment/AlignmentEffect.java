package stream.weir.runtime.alignment;

import java.util.OptionalInt;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.CheckpointKind;

/** What an alignment asks for. All but {@link Release} is for the replica. */
public sealed interface AlignmentEffect {
    /**
     * All inputs have arrived: send the barrier on, then capture the state, then read on.
     *
     * @param lastInput the input that the others waited for; empty when all had ended before
     */
    record Snapshot(long checkpoint, CheckpointKind kind, OptionalInt lastInput) implements AlignmentEffect, Turn {}

    /** Tell the coordinator that this replica cannot take part, and why. */
    record Decline(long checkpoint, CheckpointFailure reason, String detail) implements AlignmentEffect, Turn {}

    /** Send a cancel marker to all outputs, in the place of the barrier. */
    record ForwardCancel(long checkpoint, CheckpointFailure reason) implements AlignmentEffect, Turn {}

    /** The input is no longer blocked: what was held back on it is read first, in its order. */
    record Release(int input) implements AlignmentEffect {}
}
