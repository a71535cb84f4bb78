package stream.weir.network.control;

import java.util.Optional;
import stream.weir.network.wire.Answer;
import stream.weir.network.wire.Hello;

/** What happens between a coordinator and its stage processes. Called on one event loop; must not block. */
public interface ControlServerListener {
    /**
     * Whether a process is sent away, as with {@link stream.weir.network.wire.RefusalCode#NOT_LEADER} by a coordinator that
     * waits. Processes of other pipelines do not get so far.
     */
    Optional<Answer.Refusal> refusal(Hello.Control hello);

    /** A process is there. */
    void connected(ControlPeer peer);

    /** The next message of a process. */
    void message(ControlPeer peer, byte[] message);

    /**
     * A process has gone; also called when it is here again by a new session, before {@link #connected}. Not called for a
     * session that this side has closed.
     *
     * @param why empty when it has said goodbye
     */
    void disconnected(ControlPeer peer, Optional<Throwable> why);
}
