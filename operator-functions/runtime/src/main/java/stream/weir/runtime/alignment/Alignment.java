package stream.weir.runtime.alignment;

import java.util.List;
import java.util.OptionalLong;

/**
 * When a replica takes its snapshot, and what it may read until then. Pure: no I/O, no clock, no threads; the same events
 * always have the same effects. Checkpoint ids grow; on one input barriers and cancel markers come in the order of their ids.
 *
 * <p>Each checkpoint that a barrier announced here is settled exactly once: by a {@link AlignmentEffect.Snapshot}, by a {@link
 * AlignmentEffect.Decline}, or by the coordinator's own {@link AlignmentEvent.Aborted}.
 */
public sealed interface Alignment permits ExactlyOnceAlignment, AtLeastOnceAlignment {
    /**
     * Whether what arrives on {@code input} has to be held back now. Held frames are not told as events until they are
     * released, except for their size, by {@link AlignmentEvent.FrameHeld}.
     */
    boolean blocks(int input);

    /** The checkpoint that has arrived on some inputs but not on all; the oldest, should there be several. */
    OptionalLong aligning();

    /** What has to be done, in this order, before anything else is read. */
    List<AlignmentEffect> on(AlignmentEvent event);
}
