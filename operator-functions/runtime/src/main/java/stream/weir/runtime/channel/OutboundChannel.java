package stream.weir.runtime.channel;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.reactive.messaging.Message;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.Link;

/**
 * The sending end of an edge: a publisher of frames, which a connector's subscriber pulls from, behind one {@link FrameSink}
 * per link. The sinks of one channel belong to one replica's thread.
 *
 * <p>A frame is emitted only if its link has credit and the subscriber has asked for more. It is on its way until its message
 * is acknowledged. When all sinks are closed, the publisher completes.
 */
public final class OutboundChannel implements Flow.Publisher<Message<Frame>> {
    private final String pipeline;
    private final long run;
    private final Map<Link, OutboundLink> links = new LinkedHashMap<>();
    private final DemandQueue<Message<Frame>> queue;

    /** Of the sending replica's thread only. */
    private int open;

    private OutboundChannel(String pipeline, long run) {
        this.pipeline = pipeline;
        this.run = run;
        this.queue =
                new DemandQueue<>(OutboundChannel::refuse, () -> links.values().forEach(OutboundLink::demanded));
    }

    /**
     * @param links all of one sending replica and one output
     * @param creditBytes of each link
     */
    public static OutboundChannel of(String pipeline, long run, Collection<Link> links, long creditBytes) {
        if (creditBytes < Frame.OVERHEAD_BYTES) {
            throw new IllegalArgumentException(
                    "credit is " + creditBytes + " bytes per link: a frame takes at least " + Frame.OVERHEAD_BYTES);
        }
        OutboundChannel channel = new OutboundChannel(pipeline, run);
        links.forEach(link -> channel.links.put(link, new OutboundLink(link, creditBytes, channel)));
        channel.open = channel.links.size();
        return channel;
    }

    /** Where frames for a link go in. */
    public FrameSink sink(Link link) {
        return link(link);
    }

    /** Bytes of a link that were sent and are not consumed yet; on any thread. */
    public long inFlightBytes(Link link) {
        return link(link).inFlightBytes();
    }

    /** Takes one subscriber for all its life. */
    @Override
    public void subscribe(Flow.Subscriber<? super Message<Frame>> subscriber) {
        queue.subscribe(subscriber);
    }

    boolean hasDemand() {
        return queue.hasDemand();
    }

    void put(Message<Frame> message) {
        queue.put(message);
    }

    void sayGoodbye(Link link) {
        queue.put(LinkClosed.goodbye(pipeline, run, link));
        if (--open == 0) {
            queue.complete();
        }
    }

    private OutboundLink link(Link link) {
        OutboundLink found = links.get(link);
        if (found == null) {
            throw new IllegalArgumentException(
                    "link " + link + " does not belong to this channel; it has " + links.keySet());
        }
        return found;
    }

    private static void refuse(Message<Frame> message) {
        Link link = message.getPayload().link();
        message.nack(new LinkClosedException(link, "the connector has cancelled the channel"));
    }
}
