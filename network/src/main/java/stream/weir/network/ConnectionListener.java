package stream.weir.network;

import java.util.Optional;
import stream.weir.network.wire.Packet;
import stream.weir.protocol.frame.Frame;

/** What happens on a connection that stands. Called on the connection's loop; must not block. */
public interface ConnectionListener {
    /** The connection stands; the first call. From now on it may be written to. */
    default void onOpen() {}

    /** The next frame of a data link; its checksum was verified. */
    default void onFrame(Frame frame) {
        throw new IllegalStateException("a frame of " + frame.link() + " has come where none is expected");
    }

    /** Credit, on a data link. */
    default void onCredit(Packet.Credit credit) {
        throw new IllegalStateException(credit + " has come where none is expected");
    }

    /** The sender of a data link has no more frames. */
    default void onLast() {
        throw new IllegalStateException("the end of a link has come where none is expected");
    }

    /** A message, on a control connection. */
    default void onPayload(byte[] bytes) {
        throw new IllegalStateException("a message of " + bytes.length + " bytes has come where none is expected");
    }

    /** All that had arrived was passed on; more may come. */
    default void onPause() {}

    /** The connection takes frames again, after {@link Connection#isWritable} was false. */
    default void onWritable() {}

    /**
     * The connection has ended; called once, and not at all when this side has closed it.
     *
     * @param error empty when the other side has said goodbye
     */
    void onClosed(Optional<Throwable> error);
}
