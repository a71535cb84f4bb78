package stream.weir.network;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.WriteBufferWaterMark;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import stream.weir.network.wire.Hello;
import stream.weir.protocol.control.Address;
import stream.weir.protocol.frame.FrameCodec;

/** A process's way to others: listens and dials. May be used by any thread. */
public final class Network implements AutoCloseable {
    /** Frames wait in their links, which bound them, rather than in the channel. */
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(128 << 10, 256 << 10);

    /** Of one call to the operating system. */
    private static final int MOST_READ_BYTES = 256 << 10;

    /** Certificates are verified in the time, with code that is cold in a process that has just started. */
    private static final int TLS_TAKES = 3;

    private final VertxInternal vertx;
    private final NetworkSettings settings;
    private final Optional<TlsHandlers> tls;
    private final LongSupplier clock;
    private final FrameCodec codec;
    private final NetClient client;
    private final RefusalLog log;

    private Network(
            VertxInternal vertx,
            NetworkSettings settings,
            Optional<TlsHandlers> tls,
            LongSupplier clock,
            NetClient client) {
        this.vertx = vertx;
        this.settings = settings;
        this.tls = tls;
        this.clock = clock;
        this.codec = new FrameCodec(settings.maxFrameBytes());
        this.client = client;
        this.log = new RefusalLog(clock);
    }

    /**
     * @param vertx of the process; not closed here
     * @param tls both sides show a certificate, or none does
     * @param clock nanoseconds, only ever forward, as {@link System#nanoTime}
     */
    public static Network open(Vertx vertx, NetworkSettings settings, Optional<Tls> tls, LongSupplier clock) {
        NetClientOptions options = new NetClientOptions().setTcpNoDelay(true).setConnectTimeout((int)
                settings.connectTimeout().toMillis());
        return new Network(
                (VertxInternal) vertx, settings, tls.map(TlsHandlers::new), clock, vertx.createNetClient(options));
    }

    public NetworkSettings settings() {
        return settings;
    }

    /** The next event loop, in turn. */
    public Loop loop() {
        return new Loop(vertx.createEventLoopContext());
    }

    /**
     * Listens.
     *
     * @param address port 0 stands for any that is free
     * @return completed when connections are accepted, or with why they cannot be
     */
    public CompletionStage<Listening> listen(Address address, Acceptors acceptors) {
        Loop loop = loop();
        PendingHandshakes pending = new PendingHandshakes(settings.maxPendingHandshakes());
        NetServer server = vertx.createNetServer(new NetServerOptions().setTcpNoDelay(true))
                .connectHandler(socket -> accepted(socket, loop, acceptors, pending));
        Listening listening = new Listening(server, loop, address);
        listening.begin();
        return listening.ready();
    }

    /** Dials; {@code listener} is told how it ends, on {@code loop}. */
    public void dial(Loop loop, Address address, Hello hello, DialListener listener) {
        loop.context().runOnContext(_ -> {
            try {
                client.connect(address.port(), address.host())
                        .onSuccess(socket -> dialled(socket, loop, address, hello, listener))
                        .onFailure(error -> listener.onFailed(failed(address, error)));
            } catch (IllegalStateException e) {
                listener.onFailed(failed(address, e)); // This network is closed.
            }
        });
    }

    /** Connections that were refused since this was opened. */
    public long refusedConnections() {
        return log.count();
    }

    /** Ends what was dialled, without goodbye. What listens is closed by itself. */
    @Override
    public void close() {
        client.close();
    }

    RefusalLog refusals() {
        return log;
    }

    private void accepted(NetSocket socket, Loop loop, Acceptors acceptors, PendingHandshakes pending) {
        ConnectionHandler handler = new ConnectionHandler();
        Connection connection = connection(socket, handler, loop);
        HelloAwaited.begin(connection, parts(handler), acceptors, pending, log);
        if (!handler.isDone()) {
            tls.ifPresentOrElse(used -> used.secureServer(connection.channel()), handler::ready);
        }
    }

    private void dialled(NetSocket socket, Loop loop, Address address, Hello hello, DialListener listener) {
        ConnectionHandler handler = new ConnectionHandler();
        Connection connection = connection(socket, handler, loop);
        AnswerAwaited.begin(connection, parts(handler), address, hello, listener);
        tls.ifPresentOrElse(used -> used.secureClient(connection.channel()), handler::ready);
    }

    private static Throwable failed(Address address, Throwable error) {
        return new ConnectionLostException("dialling " + address + " failed: " + Texts.of(error), error);
    }

    /** Puts our handler before the one of Vert.x, which so sees nothing but the channel's end. */
    private Connection connection(NetSocket socket, ConnectionHandler handler, Loop loop) {
        ChannelHandlerContext last = ((NetSocketInternal) socket).channelHandlerContext();
        Channel channel = last.channel();
        channel.config()
                .setWriteBufferWaterMark(WATER_MARK)
                .setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator(1 << 10, 4 << 10, MOST_READ_BYTES));
        channel.pipeline().addBefore(last.name(), ConnectionHandler.NAME, handler);
        return new Connection(channel, loop, codec, handler, Connection.hostOf(channel));
    }

    private ConnectionParts parts(ConnectionHandler handler) {
        Duration limit = settings.handshakeTimeout();
        return new ConnectionParts(
                settings, tls.isPresent() ? limit.multipliedBy(TLS_TAKES) : limit, codec, clock, handler);
    }
}
