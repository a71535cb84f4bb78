/**
 * The bytes of control messages. {@link stream.weir.protocol.control.wire.ControlCodec} writes and reads them; which version both
 * sides speak is settled by the handshake of the connection, as the messages do not say it again. Immutable and thread-safe.
 */
@NullMarked
package stream.weir.protocol.control.wire;

import org.jspecify.annotations.NullMarked;
