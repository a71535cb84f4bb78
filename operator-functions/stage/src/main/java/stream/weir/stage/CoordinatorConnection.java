package stream.weir.stage;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.network.control.ControlClientListener;
import stream.weir.network.control.ControlSession;
import stream.weir.protocol.control.Address;
import stream.weir.protocol.control.FromInstance;
import stream.weir.protocol.control.wire.ControlCodec;
import stream.weir.protocol.control.wire.ControlFormatException;

/** Joins the stage process to whichever coordinator leads. Called on the connection's loop. */
public final class CoordinatorConnection implements ControlClientListener {
    private static final Logger LOG = LoggerFactory.getLogger(CoordinatorConnection.class);

    private final StageProcess process;
    private final ControlCodec codec;
    /** Why there was no session with each, as it was said last: attempts are many. */
    private final Map<Address, String> troubles = new HashMap<>();

    private @Nullable Session current;

    public CoordinatorConnection(StageProcess process, ControlCodec codec) {
        this.process = process;
        this.codec = codec;
    }

    @Override
    public void connected(ControlSession session, Address coordinator) {
        LOG.info("connected to the coordinator at {}", coordinator);
        troubles.clear();
        Session begun = new Session(session, codec);
        current = begun;
        process.connected(begun);
    }

    @Override
    public void message(byte[] message) {
        Session session = current;
        if (session == null) {
            return;
        }
        try {
            process.receive(session, codec.decodeToInstance(message));
        } catch (ControlFormatException e) {
            LOG.error("cannot read a message of the coordinator", e);
            session.close(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void disconnected(Optional<Throwable> why) {
        why.ifPresentOrElse(
                error -> LOG.warn("lost the coordinator: {}", error.toString()),
                () -> LOG.info("the coordinator has said goodbye"));
        Session session = current;
        current = null;
        if (session != null) {
            process.disconnected(session);
        }
    }

    @Override
    public void attemptFailed(Address coordinator, Throwable why) {
        String trouble = why.toString();
        if (!trouble.equals(troubles.put(coordinator, trouble))) {
            LOG.info("no session with the coordinator at {}: {}", coordinator, trouble);
        }
    }

    private record Session(ControlSession session, ControlCodec codec) implements CoordinatorSession {
        @Override
        public void send(FromInstance message) {
            if (!session.send(codec.encode(message)) && session.isOpen()) {
                // Whatever holds is said again in the next session; without one a message would be missing from this.
                session.fail("it has not taken messages for too long");
            }
        }

        @Override
        public void close(String reason) {
            session.fail(reason);
        }
    }
}
