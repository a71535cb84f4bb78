package stream.weir.network;

import java.time.Duration;
import java.util.function.LongSupplier;
import stream.weir.protocol.frame.FrameCodec;

/**
 * What the phases of a connection share.
 *
 * @param helloWithin from accepting a connection to its hello
 * @param clock nanoseconds, only ever forward
 */
record ConnectionParts(
        NetworkSettings settings,
        Duration helloWithin,
        FrameCodec codec,
        LongSupplier clock,
        ConnectionHandler handler) {}
