package stream.weir.service;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.coordinator.membership.InstanceDesk;
import stream.weir.coordinator.membership.Membership.Ending;
import stream.weir.network.control.ControlPeer;
import stream.weir.network.control.ControlServerListener;
import stream.weir.network.control.ControlSession;
import stream.weir.network.wire.Answer;
import stream.weir.network.wire.Hello;
import stream.weir.network.wire.RefusalCode;
import stream.weir.protocol.control.Address;
import stream.weir.protocol.control.ToInstance;
import stream.weir.protocol.control.wire.ControlCodec;
import stream.weir.protocol.control.wire.ControlFormatException;

/**
 * The connections of stage processes, for the life of this process: turned away while it waits to lead, and passed on to the desk
 * of the present leadership. News of connections comes on their loop, orders to them on the coordinator's.
 */
public final class ControlDesk implements ControlServerListener, InstanceDesk.Connections {
    private static final Logger LOG = LoggerFactory.getLogger(ControlDesk.class);

    private final ControlCodec codec;
    private final Map<String, ControlPeer> peers = new ConcurrentHashMap<>();
    private volatile @Nullable InstanceDesk desk;
    private volatile Optional<Address> leader = Optional.empty();

    public ControlDesk(ControlCodec codec) {
        this.codec = codec;
    }

    /** From now on processes are welcome, and their news go to the desk; which hears of those that are connected already. */
    public void open(InstanceDesk served) {
        desk = served;
        peers.values().stream().filter(peer -> peer.session().isOpen()).forEach(peer -> announce(served, peer));
    }

    /** This process does not lead any more: all processes are sent to look for the one that does. */
    public void close() {
        desk = null;
        peers.values().forEach(peer -> peer.session().fail("this coordinator leads no more"));
        peers.clear();
    }

    /** Where processes are sent while this one waits. */
    public void leaderIs(Optional<Address> known) {
        leader = known;
    }

    @Override
    public Optional<Answer.Refusal> refusal(Hello.Control hello) {
        return desk != null
                ? Optional.empty()
                : Optional.of(new Answer.Refusal(
                        RefusalCode.NOT_LEADER, "this coordinator of " + hello.pipeline() + " waits to lead", leader));
    }

    @Override
    public void connected(ControlPeer peer) {
        InstanceDesk served = desk;
        if (served == null) {
            peer.session().fail("this coordinator leads no more");
            return;
        }
        peers.put(peer.instance(), peer);
        announce(served, peer);
    }

    private static void announce(InstanceDesk served, ControlPeer peer) {
        Hello.Control hello = peer.hello();
        served.connected(hello.instance(), hello.stage(), hello.revision(), hello.dataAddress());
    }

    @Override
    public void message(ControlPeer peer, byte[] message) {
        InstanceDesk served = desk;
        if (served == null) {
            return;
        }
        try {
            served.received(peer.instance(), codec.decodeFromInstance(message));
        } catch (ControlFormatException e) {
            LOG.error(
                    "cannot read a message of process {} at {}",
                    peer.instance(),
                    peer.session().peer(),
                    e);
            peer.session().fail(String.valueOf(e.getMessage()));
            disconnected(peer, Optional.of(e));
        }
    }

    @Override
    public void disconnected(ControlPeer peer, Optional<Throwable> why) {
        // Of a process that is here again by another connection, the end of the older one says nothing.
        boolean present = peers.remove(peer.instance(), peer);
        InstanceDesk served = desk;
        if (served != null && present) {
            served.disconnected(
                    peer.instance(),
                    why.isPresent() ? Ending.LOST : Ending.GOODBYE,
                    why.map(Throwable::toString).orElse("it said goodbye"));
        }
    }

    @Override
    public void send(String instance, ToInstance message) {
        ControlPeer peer = peers.get(instance);
        if (peer == null) {
            return;
        }
        ControlSession session = peer.session();
        if (!session.send(codec.encode(message)) && session.isOpen()) {
            session.fail("it has not taken messages for too long");
            InstanceDesk served = desk;
            if (served != null) {
                served.disconnected(instance, Ending.LOST, "it has not taken messages for too long");
            }
        }
    }

    @Override
    public void disconnect(String instance, String why) {
        ControlPeer peer = peers.remove(instance);
        if (peer != null) {
            peer.session().fail(why);
        }
    }
}
