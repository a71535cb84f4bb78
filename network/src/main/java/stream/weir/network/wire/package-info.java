/**
 * What two processes say to each other on a connection, and its bytes. {@link stream.weir.network.wire.PacketCodec} gives the
 * bytes of everything but frames, which keep those of {@link stream.weir.protocol.frame.FrameCodec}; both begin with the same
 * ten bytes, so that one reader takes them apart.
 *
 * <p>Pure: nothing here knows sockets, threads or clocks, and everything is immutable.
 */
@NullMarked
package stream.weir.network.wire;

import org.jspecify.annotations.NullMarked;
