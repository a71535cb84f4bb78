package stream.weir.runtime.channel;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.reactive.messaging.Message;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.Link;

/** The links of an {@link InboundChannel} in one run, and the listener of that run. */
final class InboundRun implements FrameSource {
    private final InboundChannel channel;
    private final String pipeline;
    private final long run;
    private final Map<Link, InboundLink> links = new HashMap<>();
    private final InboundDemand demand;
    private final AtomicBoolean subscribed = new AtomicBoolean();

    /** Whoever listens; nobody before {@link #subscribe}, and then nothing comes either. */
    private volatile FrameListener listener = new Nobody();

    private InboundRun(InboundChannel channel, String pipeline, long run, InboundDemand demand) {
        this.channel = channel;
        this.pipeline = pipeline;
        this.run = run;
        this.demand = demand;
    }

    static InboundRun of(
            InboundChannel channel, String pipeline, long run, Collection<Link> links, InboundDemand demand) {
        InboundRun begun = new InboundRun(channel, pipeline, run, demand);
        links.forEach(link -> begun.links.put(link, new InboundLink(link)));
        return begun;
    }

    long run() {
        return run;
    }

    Collection<Link> links() {
        return links.keySet();
    }

    @Override
    public void subscribe(FrameListener newListener) {
        if (!subscribed.compareAndSet(false, true)) {
            throw new IllegalStateException("this channel has a listener already; its links are " + links.keySet());
        }
        listener = newListener;
        channel.start(this);
    }

    @Override
    public void close() {
        links.values()
                .forEach(
                        link -> link.refuse(new LinkClosedException(link.link(), "the reading replica has closed it")));
        channel.end(this);
    }

    /** A frame, or the end of a link; of any run. */
    void receive(Message<?> message, Frame frame) {
        if (LinkOpened.in(message, frame).isPresent()) {
            demand.acknowledged();
            return;
        }
        InboundLink link = links.get(frame.link());
        Optional<LinkClosed> closed = LinkClosed.in(message, frame);
        if (isOfAnotherRun(frame)) {
            // Late, or from a sender that has not noticed yet: nothing of this run changes.
            refuse(message, frame, "FENCED: run " + frame.run() + (frame.run() < run ? " < " : " > ") + run);
        } else if (link == null) {
            refuse(message, frame, "the link does not lead here");
        } else if (!link.isOpen()) {
            demand.acknowledged(); // Sent before the sender saw that the link is closed.
        } else if (closed.flatMap(LinkClosed::error).isPresent()) {
            demand.acknowledged();
            close(link, closed.flatMap(LinkClosed::error));
        } else if (!frame.pipeline().equals(pipeline)) {
            close(link, Optional.of(refuse(message, frame, "it belongs to another pipeline")));
        } else if (closed.isPresent()) {
            demand.acknowledged();
            close(link, Optional.empty());
        } else if (link.accept(frame.sequence(), message)) {
            listener.onFrame(link.link(), new InboundMessage(frame, message, this));
        } else {
            String gap = "expected sequence number " + link.expected() + ", found " + frame.sequence();
            close(link, Optional.of(refuse(message, frame, gap)));
        }
    }

    /** A frame of this run was acknowledged. */
    void acknowledged() {
        if (channel.isCurrent(this)) {
            demand.acknowledged();
        }
    }

    void closeAll(Optional<Throwable> error) {
        links.values().forEach(link -> close(link, error));
    }

    /** What a transport has lost may be of no run: it counts for all. */
    private boolean isOfAnotherRun(Frame frame) {
        return frame.run() != run && frame.run() >= 0;
    }

    private FrameRefusedException refuse(Message<?> message, Frame frame, String why) {
        FrameRefusedException error = new FrameRefusedException("frame " + frame.sequence() + " of " + frame.link()
                + " in pipeline " + frame.pipeline() + ", run " + frame.run() + ", is refused by pipeline " + pipeline
                + ", run " + run + ": " + why);
        message.nack(error);
        demand.acknowledged();
        return error;
    }

    private void close(InboundLink link, Optional<Throwable> error) {
        if (link.isOpen()) {
            link.markClosed();
            listener.onClosed(link.link(), error);
        }
    }

    private static final class Nobody implements FrameListener {
        @Override
        public void onFrame(Link link, Message<Frame> message) {
            message.nack(new LinkClosedException(link, "nobody reads it"));
        }

        @Override
        public void onClosed(Link link, Optional<Throwable> error) {}
    }
}
