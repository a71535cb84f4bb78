package stream.weir.runtime.channel;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.reactive.messaging.Message;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.Link;

/**
 * The receiving end of an edge: the subscriber of a connector's publisher. Refuses frames of another pipeline or run, of links
 * that do not lead here, and out of sequence: the link is closed, with an error that names both sides, and the others go on.
 *
 * <p>The demand is as many frames as the credit of all links can bring at most, and grows again as frames are acknowledged. So
 * it is bounded, but one link whose frames are held back never takes another link's share.
 */
public final class InboundChannel implements FrameSource {
    private final Flow.Publisher<? extends Message<?>> publisher;
    private final String pipeline;
    private final long run;
    private final Map<Link, InboundLink> links = new HashMap<>();
    private final InboundDemand demand;
    private final AtomicBoolean subscribed = new AtomicBoolean();

    private InboundChannel(
            Flow.Publisher<? extends Message<?>> publisher, String pipeline, long run, InboundDemand demand) {
        this.publisher = publisher;
        this.pipeline = pipeline;
        this.run = run;
        this.demand = demand;
    }

    /**
     * @param publisher of {@code Message<Frame>}, from a connector
     * @param pipeline whose frames are read
     * @param run whose frames are read
     * @param links all that may come
     * @param creditBytes of each link, not less than their senders assume
     */
    public static InboundChannel of(
            Flow.Publisher<? extends Message<?>> publisher,
            String pipeline,
            long run,
            Collection<Link> links,
            long creditBytes) {
        InboundChannel channel =
                new InboundChannel(publisher, pipeline, run, InboundDemand.forCredit(links.size(), creditBytes));
        links.forEach(link -> channel.links.put(link, new InboundLink(link)));
        return channel;
    }

    @Override
    public void subscribe(FrameListener listener) {
        if (!subscribed.compareAndSet(false, true)) {
            throw new IllegalStateException("this channel has a listener already; its links are " + links.keySet());
        }
        publisher.subscribe(new Reader(listener));
    }

    @Override
    public void close() {
        demand.cancel();
        links.values()
                .forEach(
                        link -> link.refuse(new LinkClosedException(link.link(), "the reading replica has closed it")));
    }

    private final class Reader implements Flow.Subscriber<Message<?>> {
        private final FrameListener listener;

        Reader(FrameListener listener) {
            this.listener = listener;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            demand.start(subscription);
        }

        @Override
        public void onNext(Message<?> message) {
            if (!(message.getPayload() instanceof Frame frame)) {
                message.nack(new FrameRefusedException("a channel carries frames, this is a "
                        + message.getPayload().getClass().getName()));
                demand.acknowledged();
                return;
            }
            InboundLink link = links.get(frame.link());
            if (link == null) {
                refuse(message, frame, Optional.empty(), "the link does not lead here");
            } else if (!link.isOpen()) {
                demand.acknowledged(); // Sent before the sender saw that the link is closed.
            } else if (LinkClosed.in(message, frame).flatMap(LinkClosed::error).isPresent()) {
                // The transport has lost the link, whatever ran over it.
                demand.acknowledged();
                close(link, LinkClosed.in(message, frame).flatMap(LinkClosed::error));
            } else if (!frame.pipeline().equals(pipeline)) {
                refuse(message, frame, Optional.of(link), "it belongs to another pipeline");
            } else if (frame.run() != run) {
                String relation = frame.run() < run ? " < " : " > ";
                refuse(message, frame, Optional.of(link), "FENCED: run " + frame.run() + relation + run);
            } else {
                accept(message, frame, link);
            }
        }

        private void accept(Message<?> message, Frame frame, InboundLink link) {
            if (LinkClosed.in(message, frame).isPresent()) {
                demand.acknowledged();
                close(link, Optional.empty());
            } else if (link.accept(frame.sequence(), message)) {
                listener.onFrame(link.link(), new InboundMessage(frame, message, demand));
            } else {
                String gap = "expected sequence number " + link.expected() + ", found " + frame.sequence();
                refuse(message, frame, Optional.of(link), gap);
            }
        }

        private void refuse(Message<?> message, Frame frame, Optional<InboundLink> link, String why) {
            FrameRefusedException error = new FrameRefusedException("frame " + frame.sequence() + " of " + frame.link()
                    + " in pipeline " + frame.pipeline() + ", run " + frame.run() + ", is refused by pipeline "
                    + pipeline
                    + ", run " + run + ": " + why);
            message.nack(error);
            demand.acknowledged();
            link.ifPresent(refused -> close(refused, Optional.of(error)));
        }

        private void close(InboundLink link, Optional<Throwable> error) {
            if (link.isOpen()) {
                link.markClosed();
                listener.onClosed(link.link(), error);
            }
        }

        @Override
        public void onError(Throwable error) {
            links.values().forEach(link -> close(link, Optional.of(error)));
        }

        @Override
        public void onComplete() {
            links.values().forEach(link -> close(link, Optional.empty()));
        }
    }
}
