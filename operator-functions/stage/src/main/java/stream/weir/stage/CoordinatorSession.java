package stream.weir.stage;

import stream.weir.protocol.control.FromInstance;

/** A connection to the coordinator, as long as it stands. */
public interface CoordinatorSession {
    /** Sends in order; what cannot be sent any more is lost with the connection, and said again on the next. Must not block. */
    void send(FromInstance message);

    /** Gives the connection up, because the other side is not to be followed. */
    void close(String reason);
}
