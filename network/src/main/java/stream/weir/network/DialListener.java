package stream.weir.network;

import stream.weir.network.wire.Answer;

/** How dialling ends; one of the methods is called, once, on the loop that was named. */
public interface DialListener {
    /** The connection stands; whoever is returned listens to it from now on. */
    ConnectionListener onWelcome(Connection connection, Answer.Welcome welcome);

    /**
     * There is no connection.
     *
     * @param error a {@link RefusedException} when the other side does not want it
     */
    void onFailed(Throwable error);
}
