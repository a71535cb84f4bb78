package stream.weir.runtime.alignment;

import stream.weir.protocol.frame.Frame;

/**
 * A frame that has come in.
 *
 * @param consumed gives the frame's bytes back to the sender as credit; to be run exactly once
 */
public record Arrival(Frame frame, Runnable consumed) {}
