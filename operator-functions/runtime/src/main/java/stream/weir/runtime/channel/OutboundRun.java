package stream.weir.runtime.channel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import stream.weir.protocol.frame.Link;

/**
 * The links of an {@link OutboundChannel} in one run. Its sinks belong to one replica's thread; late acknowledgements of its
 * frames give credit to this run's links only.
 */
public final class OutboundRun {
    private final OutboundChannel channel;
    private final String pipeline;
    private final long run;
    private final Map<Link, OutboundLink> links = new LinkedHashMap<>();
    private final AtomicInteger open = new AtomicInteger();

    OutboundRun(OutboundChannel channel, String pipeline, long run) {
        this.channel = channel;
        this.pipeline = pipeline;
        this.run = run;
    }

    /** Which run. */
    public long run() {
        return run;
    }

    /** Where frames for a link go in. */
    public FrameSink sink(Link link) {
        return link(link);
    }

    /** Bytes of a link that were sent and are not consumed yet; on any thread. */
    public long inFlightBytes(Link link) {
        return link(link).inFlightBytes();
    }

    /**
     * Ends the run: links that have not said goodbye are closed, and their readers take that for a failure. What the sinks are
     * offered after that throws {@link LinkClosedException}. On any thread; without effect the second time.
     */
    public void end() {
        links.values().forEach(link -> link.end(new IllegalStateException("run " + run + " has ended at the sender")));
    }

    /** @param creditBytes the most that a window may be */
    void begin(Iterable<Link> all, long creditBytes, Supplier<CreditWindow> windows) {
        all.forEach(link -> links.put(link, new OutboundLink(link, windows.get(), this)));
        open.set(links.size());
        links.forEach((link, its) -> channel.put(
                LinkOpened.message(LinkOpened.naming(pipeline, run, link), creditBytes, its.nackFunction())));
    }

    boolean hasDemand() {
        return channel.hasDemand();
    }

    void put(FrameMessage message) {
        channel.put(message);
    }

    void demanded() {
        links.values().forEach(OutboundLink::demanded);
    }

    void sayGoodbye(Link link) {
        channel.put(LinkClosed.goodbye(pipeline, run, link));
        closed();
    }

    void sayLost(Link link, Throwable why) {
        channel.put(LinkClosed.lost(pipeline, run, link, why));
        closed();
    }

    private void closed() {
        if (open.decrementAndGet() == 0) {
            channel.allClosed();
        }
    }

    private OutboundLink link(Link link) {
        OutboundLink found = links.get(link);
        if (found == null) {
            throw new IllegalArgumentException(
                    "link " + link + " does not belong to this channel in run " + run + "; it has " + links.keySet());
        }
        return found;
    }
}
