package stream.weir.stage.channel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.eclipse.microprofile.reactive.messaging.Message;
import stream.weir.protocol.control.Address;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.Link;
import stream.weir.runtime.channel.FrameListener;
import stream.weir.runtime.channel.FrameSink;
import stream.weir.runtime.channel.FrameSource;
import stream.weir.runtime.channel.InboundChannel;
import stream.weir.runtime.channel.OutboundChannel;
import stream.weir.runtime.channel.OutboundRun;
import stream.weir.runtime.stage.Inbox;
import stream.weir.runtime.stage.PipelineGraph;
import stream.weir.runtime.stage.PipelineGraph.Edge;
import stream.weir.stage.ReplicaChannels;
import stream.weir.transport.TcpTransport;

/** The channels of a stage, taken once for the life of the process, with a run on them at a time. */
public final class MessagingChannels implements ReplicaChannels {
    private final TcpTransport transport;
    private final Map<String, InboundChannel> incoming;
    private final Map<String, OutboundChannel> outgoing;
    private final List<FrameSource> sources = new ArrayList<>();
    private final List<OutboundRun> runs = new ArrayList<>();

    private MessagingChannels(
            TcpTransport transport, Map<String, InboundChannel> incoming, Map<String, OutboundChannel> outgoing) {
        this.transport = transport;
        this.incoming = incoming;
        this.outgoing = outgoing;
    }

    /** The connector's ends of channels, by the names that {@link StageEdges} gives. */
    public interface Ends {
        Flow.Publisher<? extends Message<?>> publisher(String channel);

        Flow.Subscriber<? extends Message<?>> subscriber(String channel);
    }

    /**
     * Takes the ends of all edges. To be called once.
     *
     * @param nanoTime a monotonic clock
     */
    public static MessagingChannels take(Ends ends, StageEdges edges, TcpTransport transport, LongSupplier nanoTime) {
        String pipeline = edges.graph().pipeline().name();
        Map<String, InboundChannel> incoming = new LinkedHashMap<>();
        for (Edge edge : edges.incoming()) {
            String name = StageEdges.readingEnd(edge);
            incoming.put(name, InboundChannel.forRuns(ends.publisher(name), pipeline, edges.creditBytes(), transport));
        }
        Map<String, OutboundChannel> outgoing = new LinkedHashMap<>();
        for (Edge edge : edges.outgoing()) {
            String name = StageEdges.writingEnd(edge);
            OutboundChannel channel = OutboundChannel.forRuns(pipeline, edges.creditBytes(), nanoTime);
            channel.subscribe(takingFrames(ends.subscriber(name)));
            outgoing.put(name, channel);
        }
        return new MessagingChannels(transport, incoming, outgoing);
    }

    @Override
    public Function<Link, FrameSink> begin(PipelineGraph graph, Fence fence, ReplicaId replica, Inbox inbox) {
        for (Edge edge : graph.edgesTo(replica.stage())) {
            FrameSource source =
                    known(incoming, StageEdges.readingEnd(edge)).beginRun(fence.run(), edge.linksTo(replica.index()));
            sources.add(source);
            source.subscribe(new ToInbox(inbox));
        }
        Map<Link, FrameSink> sinks = new HashMap<>();
        for (Edge edge : graph.edgesFrom(replica.stage())) {
            List<Link> links = edge.linksFrom(replica.index());
            OutboundRun run = known(outgoing, StageEdges.writingEnd(edge)).beginRun(fence.run(), links);
            runs.add(run);
            links.forEach(link -> sinks.put(link, run.sink(link)));
        }
        return link -> known(sinks, link);
    }

    @Override
    public void route(Map<ReplicaId, Address> addresses) {
        transport.route(addresses);
    }

    @Override
    public void end() {
        sources.forEach(FrameSource::close);
        sources.clear();
        runs.forEach(OutboundRun::end);
        runs.clear();
    }

    @SuppressWarnings("unchecked") // the connector's subscriber takes frames
    private static Flow.Subscriber<Message<Frame>> takingFrames(Flow.Subscriber<? extends Message<?>> subscriber) {
        return (Flow.Subscriber<Message<Frame>>) (Flow.Subscriber<?>) subscriber;
    }

    private static <K, V> V known(Map<K, V> all, K key) {
        return Optional.ofNullable(all.get(key))
                .orElseThrow(() -> new IllegalArgumentException("no " + key + " among " + all.keySet()));
    }

    private record ToInbox(Inbox inbox) implements FrameListener {
        @Override
        public void onFrame(Link link, Message<Frame> message) {
            inbox.put(new Inbox.Mail.Incoming(link, message.getPayload(), message::ack));
        }

        @Override
        public void onClosed(Link link, Optional<Throwable> error) {
            inbox.put(new Inbox.Mail.LinkClosed(link, error));
        }
    }
}
