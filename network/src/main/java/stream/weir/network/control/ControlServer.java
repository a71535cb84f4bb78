package stream.weir.network.control;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import stream.weir.network.Acceptor;
import stream.weir.network.Connection;
import stream.weir.network.ConnectionListener;
import stream.weir.network.wire.Answer;
import stream.weir.network.wire.Hello;
import stream.weir.network.wire.RefusalCode;

/**
 * Takes the control connections of a pipeline's stage processes; put to a port by {@link
 * stream.weir.network.Acceptors#forControl}. A process has one session: a second one of the same instance ends the first.
 * Belongs to the loop of that one port.
 */
public final class ControlServer implements Acceptor<Hello.Control> {
    private final String pipeline;
    private final int maxPayloadBytes;
    private final ControlServerListener listener;
    private final Map<String, ControlPeer> peers = new HashMap<>();

    private ControlServer(String pipeline, int maxPayloadBytes, ControlServerListener listener) {
        this.pipeline = pipeline;
        this.maxPayloadBytes = maxPayloadBytes;
        this.listener = listener;
    }

    /**
     * @param pipeline whose processes are welcome
     * @param maxPayloadBytes of the network's settings
     */
    public static ControlServer of(String pipeline, int maxPayloadBytes, ControlServerListener listener) {
        return new ControlServer(pipeline, maxPayloadBytes, listener);
    }

    @Override
    public Decision accept(Hello.Control hello, Connection connection) {
        if (!hello.pipeline().equals(pipeline)) {
            return new Refused(new Answer.Refusal(
                    RefusalCode.OTHER_PIPELINE,
                    "stage " + hello.stage() + " of pipeline " + hello.pipeline()
                            + " has called the coordinator of pipeline " + pipeline));
        }
        Optional<Answer.Refusal> refusal = listener.refusal(hello);
        if (refusal.isPresent()) {
            return new Refused(refusal.get());
        }
        ControlPeer peer = new ControlPeer(hello, new ControlSession(connection, maxPayloadBytes));
        replace(peer);
        return new Welcomed(new Answer.ControlWelcome(), new FromPeer(peer));
    }

    private void replace(ControlPeer peer) {
        peers.values().removeIf(known -> !known.session().isOpen());
        ControlPeer before = peers.put(peer.instance(), peer);
        if (before != null) {
            String why = "process " + peer.instance() + " has connected again, from "
                    + peer.session().peer();
            before.session().fail(why);
            listener.disconnected(before, Optional.of(new IllegalStateException(why)));
        }
    }

    private final class FromPeer implements ConnectionListener {
        private final ControlPeer peer;

        FromPeer(ControlPeer peer) {
            this.peer = peer;
        }

        @Override
        public void onOpen() {
            listener.connected(peer);
        }

        @Override
        public void onPayload(byte[] bytes) {
            listener.message(peer, bytes);
        }

        @Override
        public void onClosed(Optional<Throwable> error) {
            peer.session().end();
            peers.remove(peer.instance(), peer);
            listener.disconnected(peer, error);
        }
    }
}
