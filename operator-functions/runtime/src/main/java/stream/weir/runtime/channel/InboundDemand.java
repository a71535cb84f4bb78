package stream.weir.runtime.channel;

import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import stream.weir.protocol.frame.Frame;

/** How many more frames a channel may bring. Asks again in batches, as asking costs more than counting. Thread-safe. */
final class InboundDemand {
    private static final int BATCH = 64;

    /** Asked for, and not come yet. */
    private final AtomicLong outstanding = new AtomicLong();

    private final AtomicLong acknowledged = new AtomicLong();
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean cancelled;

    /** Before anything else. */
    void start(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        if (cancelled) {
            newSubscription.cancel();
            return;
        }
        long frames = outstanding.get();
        if (frames > 0) {
            newSubscription.request(frames);
        }
    }

    /**
     * Allows the most frames that can be on their way: each takes {@link Frame#OVERHEAD_BYTES} of credit at least, and each link
     * has a goodbye. What the links of a run before were still allowed counts.
     */
    void allow(int links, long creditBytes) {
        long frames = links * (creditBytes / Frame.OVERHEAD_BYTES + 2) + BATCH;
        long more = frames - outstanding.get();
        if (more > 0) {
            request(more);
        }
    }

    /** A message has come. */
    void arrived() {
        outstanding.decrementAndGet();
    }

    /** A frame is done with. */
    void acknowledged() {
        if (acknowledged.incrementAndGet() % BATCH == 0) {
            request(BATCH);
        }
    }

    void cancel() {
        cancelled = true;
        Flow.Subscription current = subscription;
        if (current != null) {
            current.cancel();
        }
    }

    private void request(long frames) {
        outstanding.addAndGet(frames);
        Flow.Subscription current = subscription;
        if (current != null) {
            current.request(frames);
        }
    }
}
