package stream.weir.runtime.channel;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.reactive.messaging.Message;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.Link;

/**
 * The receiving end of an edge: the subscriber of a connector's publisher. It lives as long as the publisher; runs, and with
 * them replicas and links, come and go, one at a time. Refuses frames of another pipeline, of links that do not lead here, and
 * out of sequence: the link is closed, with an error that names both sides, and the others go on. Frames of another run are
 * refused too, and change nothing here.
 *
 * <p>The demand is as many frames as the credit of all links can bring at most, and grows again as frames are acknowledged. So
 * it is bounded, but one link whose frames are held back never takes another link's share.
 */
public final class InboundChannel implements FrameSource {
    private final Flow.Publisher<? extends Message<?>> publisher;
    private final String pipeline;
    private final long creditBytes;
    private final LinkGate gate;
    private final InboundDemand demand = new InboundDemand();
    private final AtomicBoolean subscribed = new AtomicBoolean();
    private volatile InboundRun current;

    private InboundChannel(
            Flow.Publisher<? extends Message<?>> publisher, String pipeline, long creditBytes, LinkGate gate) {
        this.publisher = publisher;
        this.pipeline = pipeline;
        this.creditBytes = creditBytes;
        this.gate = gate;
        this.current = InboundRun.of(this, pipeline, -1, List.of(), demand);
    }

    /**
     * For one run, which begins with {@link #subscribe}.
     *
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
        InboundChannel channel = new InboundChannel(publisher, pipeline, creditBytes, LinkGate.NONE);
        channel.current = InboundRun.of(channel, pipeline, run, links, channel.demand);
        return channel;
    }

    /**
     * For any number of runs.
     *
     * @param publisher of {@code Message<Frame>}, from a connector; subscribed to when the first run is
     * @param pipeline whose frames are read
     * @param creditBytes of each link, not less than their senders assume
     * @param gate is told which links to let in
     */
    public static InboundChannel forRuns(
            Flow.Publisher<? extends Message<?>> publisher, String pipeline, long creditBytes, LinkGate gate) {
        return new InboundChannel(publisher, pipeline, creditBytes, gate);
    }

    /**
     * Begins a run; the one before is ended. Frames come when the source is subscribed to. On any thread, but not by two at once.
     *
     * @param run greater than all before
     * @param links all that may come
     * @return the run's source: closing it ends the run
     */
    public FrameSource beginRun(long run, Collection<Link> links) {
        if (run <= current.run()) {
            throw new IllegalArgumentException(
                    "run " + run + " of " + pipeline + " cannot begin after run " + current.run());
        }
        current.close();
        InboundRun begun = InboundRun.of(this, pipeline, run, links, demand);
        current = begun;
        return begun;
    }

    /** Starts the flow of the current run. */
    @Override
    public void subscribe(FrameListener listener) {
        current.subscribe(listener);
    }

    /** Ends the current run, and the channel with it: no other can follow. */
    @Override
    public void close() {
        demand.cancel();
        current.close();
    }

    void start(InboundRun run) {
        demand.allow(run.links().size(), creditBytes);
        if (subscribed.compareAndSet(false, true)) {
            publisher.subscribe(new Reader());
        }
        gate.open(run.run(), run.links(), creditBytes);
    }

    void end(InboundRun run) {
        gate.close(run.run(), run.links());
    }

    boolean isCurrent(InboundRun run) {
        return current == run;
    }

    private final class Reader implements Flow.Subscriber<Message<?>> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            demand.start(subscription);
        }

        @Override
        public void onNext(Message<?> message) {
            demand.arrived();
            if (message.getPayload() instanceof Frame frame) {
                current.receive(message, frame);
            } else {
                message.nack(new FrameRefusedException("a channel carries frames, this is a "
                        + message.getPayload().getClass().getName()));
                demand.acknowledged();
            }
        }

        @Override
        public void onError(Throwable error) {
            current.closeAll(Optional.of(error));
        }

        @Override
        public void onComplete() {
            current.closeAll(Optional.empty());
        }
    }
}
