package stream.weir.network.control;

import java.util.Optional;
import stream.weir.protocol.control.Address;

/** What happens between a stage process and its coordinator. Called on one event loop; must not block. */
public interface ControlClientListener {
    /**
     * A coordinator leads and takes this process: the first call of a session.
     *
     * @param session messages to it, until {@link #disconnected}
     */
    void connected(ControlSession session, Address coordinator);

    /** The next message of the coordinator. */
    void message(byte[] message);

    /**
     * The session has ended; another one is looked for. Not called when this side has closed it.
     *
     * @param why empty when the coordinator has said goodbye
     */
    void disconnected(Optional<Throwable> why);

    /** An address did not welcome this process; the next one is tried, or after a pause the first. */
    default void attemptFailed(Address coordinator, Throwable why) {}
}
