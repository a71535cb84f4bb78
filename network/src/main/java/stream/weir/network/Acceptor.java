package stream.weir.network;

import stream.weir.network.wire.Answer;
import stream.weir.network.wire.Hello;

/** Decides whether a hello is welcome. Called on the listening side's loop; must not block. */
@FunctionalInterface
public interface Acceptor<H extends Hello> {
    /**
     * @param connection not to be written to before this has returned
     */
    Decision accept(H hello, Connection connection);

    /** The answer, and who listens from then on. */
    sealed interface Decision {}

    /** The answer is sent before anything that the listener writes. */
    record Welcomed(Answer.Welcome answer, ConnectionListener listener) implements Decision {}

    /** The connection is closed once the refusal is sent. */
    record Refused(Answer.Refusal refusal) implements Decision {}
}
