package stream.weir.network.control;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import stream.weir.network.Connection;
import stream.weir.network.ConnectionListener;
import stream.weir.network.DialListener;
import stream.weir.network.Loop;
import stream.weir.network.Network;
import stream.weir.network.RefusedException;
import stream.weir.network.wire.Answer;
import stream.weir.network.wire.Hello;
import stream.weir.network.wire.RefusalCode;
import stream.weir.protocol.control.Address;

/**
 * Keeps a session with the coordinator that leads: tries the known addresses in turn until one welcomes this process, goes at
 * once where a waiting coordinator points to, and begins again when the session has ended. Pauses between rounds grow, within
 * bounds, and stay short while a coordinator waits to lead and knows of nobody who does: there will be a leader soon. May be used by
 * any thread.
 */
public final class ControlClient implements AutoCloseable {
    /** The pause after so many rounds is the longest one while a leader is about to be found: some tenths of a second. */
    private static final int ROUNDS_BEFORE_ELECTION = 3;

    private final Network network;
    private final ControlClientSettings settings;
    private final Coordinators coordinators;
    private final Hello.Control hello;
    private final ControlClientListener listener;
    private final Loop loop;

    private volatile Optional<ControlSession> session = Optional.empty();
    private volatile boolean closed;

    /** Of the loop only, as are the following. */
    private final Deque<Address> toTry = new ArrayDeque<>();

    private final Set<Address> tried = new HashSet<>();
    private int rounds;
    private boolean election;

    private ControlClient(
            Network network,
            ControlClientSettings settings,
            Coordinators coordinators,
            Hello.Control hello,
            ControlClientListener listener) {
        this.network = network;
        this.settings = settings;
        this.coordinators = coordinators;
        this.hello = hello;
        this.listener = listener;
        this.loop = network.loop();
    }

    /**
     * Begins to look for the coordinator that leads.
     *
     * @param hello who this process is
     */
    public static ControlClient start(
            Network network,
            ControlClientSettings settings,
            Coordinators coordinators,
            Hello.Control hello,
            ControlClientListener listener) {
        ControlClient client = new ControlClient(network, settings, coordinators, hello, listener);
        client.loop.run(client::beginRound);
        return client;
    }

    /**
     * Who to look for, and how.
     *
     * @param addresses of all coordinators, at least one; asked for at the begin of each round, on the loop, which must not be blocked
     * @param jitter from 0 to 1, evenly: processes that lost the same coordinator do not all come back at once
     */
    public record Coordinators(Supplier<? extends CompletionStage<List<Address>>> addresses, DoubleSupplier jitter) {}

    /**
     * Sends a message to the coordinator that leads.
     *
     * @return false when there is none, or as {@link ControlSession#send}
     */
    public boolean send(byte[] message) {
        return session.map(open -> open.send(message)).orElse(false);
    }

    /** The session that there is now. */
    public Optional<ControlSession> session() {
        return session;
    }

    /** Says goodbye and looks for nobody any more; the listener is called no more once this is seen on the loop. */
    @Override
    public void close() {
        closed = true;
        loop.run(() -> {
            session.ifPresent(ControlSession::close);
            session = Optional.empty();
        });
    }

    private void beginRound() {
        tried.clear();
        toTry.clear();
        election = false;
        coordinators
                .addresses()
                .get()
                .whenComplete((found, error) -> loop.run(() -> {
                    toTry.addAll(error == null ? found : List.of());
                    tryNext();
                }));
    }

    private void tryNext() {
        if (closed) {
            return;
        }
        Address next = toTry.poll();
        if (next == null) {
            rounds = election ? Math.min(rounds + 1, ROUNDS_BEFORE_ELECTION) : rounds + 1;
            loop.schedule(settings.pause(rounds, coordinators.jitter().getAsDouble()), this::beginRound);
        } else if (tried.add(next)) {
            network.dial(loop, next, hello, new Dialled(next));
        } else {
            tryNext();
        }
    }

    private final class Dialled implements DialListener {
        private final Address address;

        Dialled(Address address) {
            this.address = address;
        }

        @Override
        public ConnectionListener onWelcome(Connection connection, Answer.Welcome welcome) {
            ControlSession begun =
                    new ControlSession(connection, network.settings().maxPayloadBytes());
            return new FromCoordinator(begun, address);
        }

        @Override
        public void onFailed(Throwable error) {
            if (closed) {
                return;
            }
            listener.attemptFailed(address, error);
            if (error instanceof RefusedException refused) {
                Optional<Address> instead = refused.refusal().instead();
                instead.ifPresent(toTry::addFirst);
                election |= refused.refusal().code() == RefusalCode.NOT_LEADER && instead.isEmpty();
            }
            tryNext();
        }
    }

    private final class FromCoordinator implements ConnectionListener {
        private final ControlSession begun;
        private final Address address;

        FromCoordinator(ControlSession begun, Address address) {
            this.begun = begun;
            this.address = address;
        }

        @Override
        public void onOpen() {
            if (closed) {
                begun.close();
                return;
            }
            rounds = 0;
            session = Optional.of(begun);
            listener.connected(begun, address);
        }

        @Override
        public void onPayload(byte[] bytes) {
            listener.message(bytes);
        }

        @Override
        public void onClosed(Optional<Throwable> error) {
            begun.end();
            session = Optional.empty();
            if (!closed) {
                listener.disconnected(error);
                loop.schedule(settings.pause(1, coordinators.jitter().getAsDouble()), ControlClient.this::beginRound);
            }
        }
    }
}
