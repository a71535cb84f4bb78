package stream.weir.local;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.eclipse.microprofile.reactive.messaging.Message;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.Link;
import stream.weir.runtime.channel.FrameListener;
import stream.weir.runtime.channel.FrameSink;
import stream.weir.runtime.channel.InboundChannel;
import stream.weir.runtime.channel.OutboundChannel;
import stream.weir.runtime.channel.connector.MemoryTransport;
import stream.weir.runtime.channel.connector.ReceivingEnd;
import stream.weir.runtime.channel.connector.SendingEnd;
import stream.weir.runtime.stage.Inbox;
import stream.weir.runtime.stage.PipelineGraph;

/** All channels of one run, joined in memory. */
final class LocalChannels {
    private final Map<Link, OutboundChannel> outbound;
    private final List<InboundChannel> inbound = new ArrayList<>();
    private final Map<ReceivingEnd, List<Link>> receiving;
    private final MemoryTransport transport;
    private final Fence fence;
    private final int creditBytes;

    private LocalChannels(
            Map<Link, OutboundChannel> outbound,
            Map<ReceivingEnd, List<Link>> receiving,
            MemoryTransport transport,
            Fence fence,
            int creditBytes) {
        this.outbound = outbound;
        this.receiving = receiving;
        this.transport = transport;
        this.fence = fence;
        this.creditBytes = creditBytes;
    }

    static LocalChannels open(PipelineGraph graph, Fence fence, int creditBytes, LongSupplier nanoTime) {
        List<Link> links = graph.links();
        MemoryTransport transport = MemoryTransport.connecting(fence.pipeline(), links);
        Map<Link, OutboundChannel> outbound = new HashMap<>();
        links.stream()
                .collect(Collectors.groupingBy(SendingEnd::of, LinkedHashMap::new, Collectors.toList()))
                .forEach((end, its) -> {
                    OutboundChannel channel =
                            OutboundChannel.of(fence.pipeline(), fence.run(), its, creditBytes, nanoTime);
                    channel.subscribe(transport.subscriber(end));
                    its.forEach(link -> outbound.put(link, channel));
                });
        return new LocalChannels(
                outbound,
                links.stream().collect(Collectors.groupingBy(ReceivingEnd::of)),
                transport,
                fence,
                creditBytes);
    }

    /** The sending end of a link. */
    FrameSink sink(Link link) {
        OutboundChannel channel = outbound.get(link);
        if (channel == null) {
            throw new IllegalArgumentException(
                    "no link " + link + " in run " + fence.run() + " of " + fence.pipeline());
        }
        return channel.sink(link);
    }

    /** Lets everything that leads to a replica flow into its mailbox. */
    void connect(ReplicaId replica, Inbox inbox) {
        receiving.forEach((end, links) -> {
            if (end.stage().equals(replica.stage()) && end.replica() == replica.index()) {
                InboundChannel channel =
                        InboundChannel.of(transport.publisher(end), fence.pipeline(), fence.run(), links, creditBytes);
                inbound.add(channel);
                channel.subscribe(new ToInbox(inbox));
            }
        });
    }

    /** After the replicas have ended. */
    void close() {
        inbound.forEach(InboundChannel::close);
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
