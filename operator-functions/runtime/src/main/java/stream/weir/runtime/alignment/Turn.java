package stream.weir.runtime.alignment;

/** The next thing that a replica has to do; see {@link AlignedInputs#next}. */
public sealed interface Turn
        permits Turn.Deliver, AlignmentEffect.Snapshot, AlignmentEffect.Decline, AlignmentEffect.ForwardCancel {
    /**
     * Process a frame: records, a watermark, an idle mark or the end of an input. Whoever processes it runs {@link
     * Arrival#consumed} when done.
     */
    record Deliver(int input, Arrival arrival) implements Turn {}
}
