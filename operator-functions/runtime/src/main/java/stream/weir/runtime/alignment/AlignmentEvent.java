package stream.weir.runtime.alignment;

import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.CheckpointKind;

/** What an alignment learns. Records, watermarks and idle marks are no news for it. */
public sealed interface AlignmentEvent {
    /** A barrier came out of an input that is not blocked. */
    record BarrierArrived(int input, long checkpoint, CheckpointKind kind) implements AlignmentEvent {}

    /** A cancel marker came out of an input that is not blocked. */
    record CancelArrived(int input, long checkpoint, CheckpointFailure reason) implements AlignmentEvent {}

    /** An input that is not blocked has ended: it counts as arrived for every checkpoint from now on. */
    record InputEnded(int input) implements AlignmentEvent {}

    /** So many bytes more are held back on a blocked input. */
    record FrameHeld(int input, long bytes) implements AlignmentEvent {}

    /** From the coordinator: a barrier is on its way, unless all inputs have ended. */
    record Announced(long checkpoint, CheckpointKind kind) implements AlignmentEvent {}

    /** From the coordinator: the checkpoint will not come about. May overtake the barrier. */
    record Aborted(long checkpoint, CheckpointFailure reason) implements AlignmentEvent {}
}
