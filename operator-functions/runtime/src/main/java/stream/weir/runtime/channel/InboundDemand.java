package stream.weir.runtime.channel;

import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import stream.weir.protocol.frame.Frame;

/** How many more frames a channel may bring. Asks again in batches, as asking costs more than counting. Thread-safe. */
final class InboundDemand {
    private static final int BATCH = 64;

    private final long frames;
    private final AtomicLong acknowledged = new AtomicLong();
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean cancelled;

    private InboundDemand(long frames) {
        this.frames = frames;
    }

    /**
     * The most frames that can be on their way: each takes {@link Frame#OVERHEAD_BYTES} of credit at least, and each link has a
     * goodbye.
     */
    static InboundDemand forCredit(int links, long creditBytes) {
        return new InboundDemand(links * (creditBytes / Frame.OVERHEAD_BYTES + 2) + BATCH);
    }

    void start(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        if (cancelled) {
            newSubscription.cancel();
        } else {
            newSubscription.request(frames);
        }
    }

    /** A frame is done with. */
    void acknowledged() {
        Flow.Subscription current = subscription;
        if (acknowledged.incrementAndGet() % BATCH == 0 && current != null) {
            current.request(BATCH);
        }
    }

    void cancel() {
        cancelled = true;
        Flow.Subscription current = subscription;
        if (current != null) {
            current.cancel();
        }
    }
}
