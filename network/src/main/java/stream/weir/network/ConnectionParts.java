package stream.weir.network;

import java.util.function.LongSupplier;
import stream.weir.protocol.frame.FrameCodec;

/**
 * What the phases of a connection share.
 *
 * @param clock nanoseconds, only ever forward
 */
record ConnectionParts(NetworkSettings settings, FrameCodec codec, LongSupplier clock, ConnectionHandler handler) {}
