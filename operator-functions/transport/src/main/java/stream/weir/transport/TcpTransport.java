package stream.weir.transport;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.reactive.messaging.Message;
import stream.weir.network.Acceptor;
import stream.weir.network.Network;
import stream.weir.network.wire.Hello;
import stream.weir.protocol.control.Address;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.Link;
import stream.weir.runtime.channel.LinkGate;
import stream.weir.runtime.channel.connector.ReceivingEnd;
import stream.weir.runtime.channel.connector.SendingEnd;
import stream.weir.runtime.channel.connector.Transport;

/**
 * Carries frames between processes, one TCP connection for each link. One object per process, for its life:
 *
 * <pre>
 *   TcpTransport transport = TcpTransport.of(network, pipeline, instance, settings);
 *   network.listen(address, Acceptors.forData(transport.acceptor()));        // once
 *   InboundChannel in = InboundChannel.forRuns(publisher, pipeline, credit, transport);
 *   OutboundChannel out = OutboundChannel.forRuns(pipeline, credit, nanoTime);
 *   out.subscribe(subscriber);                                               // of the channel registry
 *
 *   transport.route(addresses);                                              // when they change, before a run
 *   FrameSource source = in.beginRun(run, linksToThisReplica);
 *   source.subscribe(listener);                                              // lets senders in
 *   OutboundRun sinks = out.beginRun(run, linksFromThisReplica);             // begins to dial
 *   ...
 *   source.close();
 *   sinks.end();
 * </pre>
 *
 * May be used by any thread.
 */
public final class TcpTransport implements Transport, LinkGate {
    /** Value of the connector's attribute {@code transport}. */
    public static final String NAME = "tcp";

    private final Network network;
    private final String pipeline;
    private final String instance;
    private final TcpTransportSettings settings;
    private final Routes routes = new Routes();
    private final InboundLinks inbound;
    private final Map<ReceivingEnd, ReceivingSide> receiving = new ConcurrentHashMap<>();
    private final AtomicLong names = new AtomicLong();

    private TcpTransport(
            Network network, String pipeline, String instance, TcpTransportSettings settings, InboundLinks inbound) {
        this.network = network;
        this.pipeline = pipeline;
        this.instance = instance;
        this.settings = settings;
        this.inbound = inbound;
    }

    /**
     * @param pipeline whose frames are carried; links of others are refused
     * @param instance of this process, unique for its life; a UUID
     */
    public static TcpTransport of(Network network, String pipeline, String instance, TcpTransportSettings settings) {
        return new TcpTransport(network, pipeline, instance, settings, new InboundLinks(pipeline));
    }

    /** For the port of this process. */
    public Acceptor<Hello.Data> acceptor() {
        return inbound;
    }

    /**
     * Where the replicas of the pipeline listen, all of them. Links that do not stand are dialled there from now on; those that
     * stand are left alone.
     */
    public void route(Map<ReplicaId, Address> addresses) {
        routes.replace(addresses);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String pipeline() {
        return pipeline;
    }

    /** The end's replica may be {@link ReceivingEnd#ANY_REPLICA}. */
    @Override
    public Flow.Publisher<Message<Frame>> publisher(ReceivingEnd end) {
        return receiving.computeIfAbsent(end, _ -> new ReceivingSide());
    }

    /** Where a link leads is said by its frames: the end's replica may be {@link SendingEnd#ANY_REPLICA}. */
    @Override
    public Flow.Subscriber<Message<Frame>> subscriber(SendingEnd end) {
        return new SendingSide(new SenderParts(network, routes, settings), this::nextName);
    }

    /**
     * @throws IllegalArgumentException when no channel of this process is the end of a link, naming those that there are
     */
    @Override
    public void open(long run, Collection<Link> links, long creditBytes) {
        Map<Link, LinkReceiver> receivers = new HashMap<>();
        for (Link link : links) {
            ReceiverParts parts = new ReceiverParts(
                    pipeline,
                    run,
                    nextName(),
                    creditBytes,
                    settings.reconnectWithin().plus(network.settings().peerTimeout()),
                    settings.creditDelay());
            receivers.put(link, new LinkReceiver(parts, link, sideOf(link)));
        }
        inbound.open(run, receivers);
    }

    @Override
    public void close(long run, Collection<Link> links) {
        inbound.close(run, links);
    }

    private ReceivingSide sideOf(Link link) {
        ReceivingEnd exact = ReceivingEnd.of(link);
        ReceivingEnd any = new ReceivingEnd(exact.stage(), ReceivingEnd.ANY_REPLICA, exact.from(), exact.output());
        ReceivingSide found = receiving.containsKey(exact) ? receiving.get(exact) : receiving.get(any);
        if (found == null) {
            throw new IllegalArgumentException("link " + link + " of pipeline " + pipeline
                    + " leads to no channel of this process; it has " + receiving.keySet());
        }
        return found;
    }

    private String nextName() {
        return instance + "/" + names.incrementAndGet();
    }
}
