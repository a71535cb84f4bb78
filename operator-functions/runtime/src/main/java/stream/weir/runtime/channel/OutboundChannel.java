package stream.weir.runtime.channel;

import java.util.Collection;
import java.util.concurrent.Flow;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.eclipse.microprofile.reactive.messaging.Message;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.Link;

/**
 * The sending end of an edge: a publisher of frames, which a connector's subscriber pulls from, behind one {@link FrameSink}
 * per link. It lives as long as the subscriber; runs, and with them replicas and links, come and go, one at a time. The sinks of
 * a run belong to one replica's thread.
 *
 * <p>A frame is emitted only if its link has credit and the subscriber has asked for more. It is on its way until its message
 * is acknowledged.
 */
public final class OutboundChannel implements Flow.Publisher<Message<Frame>> {
    /** Whether the publisher completes when all sinks of a run are closed. */
    private enum Life {
        ONE_RUN,
        MANY_RUNS
    }

    private final String pipeline;
    private final long creditBytes;
    private final Supplier<CreditWindow> windows;
    private final Life life;
    private final DemandQueue<Message<Frame>> queue;
    private volatile OutboundRun current;

    private OutboundChannel(String pipeline, long creditBytes, Supplier<CreditWindow> windows, Life life) {
        this.pipeline = pipeline;
        this.creditBytes = creditBytes;
        this.windows = windows;
        this.life = life;
        this.queue = new DemandQueue<>(OutboundChannel::refuse, this::demanded);
        this.current = new OutboundRun(this, pipeline, -1);
    }

    /**
     * For one run, which has begun: the publisher completes when all sinks are closed.
     *
     * @param links all of one sending replica and one output
     * @param mostCreditBytes as in {@link #forRuns}
     * @param nanoTime a monotonic clock
     */
    public static OutboundChannel of(
            String pipeline, long run, Collection<Link> links, long mostCreditBytes, LongSupplier nanoTime) {
        OutboundChannel channel = checked(pipeline, mostCreditBytes, nanoTime, Life.ONE_RUN);
        channel.beginRun(run, links);
        return channel;
    }

    /**
     * For any number of runs: the publisher never completes. Each link's credit follows its reader: it is what the reader has
     * consumed within 100 ms, so that a barrier never waits for much longer behind records.
     *
     * @param mostCreditBytes of each link; up to 128 KiB it is always as many
     * @param nanoTime a monotonic clock
     */
    public static OutboundChannel forRuns(String pipeline, long mostCreditBytes, LongSupplier nanoTime) {
        return checked(pipeline, mostCreditBytes, nanoTime, Life.MANY_RUNS);
    }

    /**
     * Begins a run; the one before is ended. On any thread, but not by two at once.
     *
     * @param run greater than all before
     * @param links all of one sending replica and one output
     */
    public OutboundRun beginRun(long run, Collection<Link> links) {
        if (run <= current.run()) {
            throw new IllegalArgumentException(
                    "run " + run + " of " + pipeline + " cannot begin after run " + current.run());
        }
        current.end();
        OutboundRun begun = new OutboundRun(this, pipeline, run);
        current = begun;
        begun.begin(links, creditBytes, windows);
        return begun;
    }

    /** Where frames for a link of the current run go in. */
    public FrameSink sink(Link link) {
        return current.sink(link);
    }

    /** Bytes of a link of the current run that were sent and are not consumed yet; on any thread. */
    public long inFlightBytes(Link link) {
        return current.inFlightBytes(link);
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

    void allClosed() {
        if (life == Life.ONE_RUN) {
            queue.complete();
        }
    }

    private void demanded() {
        current.demanded();
    }

    private static OutboundChannel checked(String pipeline, long mostCreditBytes, LongSupplier nanoTime, Life life) {
        if (mostCreditBytes < Frame.OVERHEAD_BYTES) {
            throw new IllegalArgumentException(
                    "credit is " + mostCreditBytes + " bytes per link: a frame takes at least " + Frame.OVERHEAD_BYTES);
        }
        return new OutboundChannel(
                pipeline, mostCreditBytes, () -> CreditWindow.following(mostCreditBytes, nanoTime), life);
    }

    private static void refuse(Message<Frame> message) {
        Link link = message.getPayload().link();
        message.nack(new LinkClosedException(link, "the connector has cancelled the channel"));
    }
}
