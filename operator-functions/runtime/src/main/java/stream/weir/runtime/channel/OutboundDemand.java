package stream.weir.runtime.channel;

import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Demand of a sending end, which hands each message on at once: some may always come without being asked for again. What is on its way
 * is bounded by credit, not by this. Used on one thread at a time, as a subscriber is.
 */
public final class OutboundDemand {
    private static final int WINDOW = 256;
    private static final int BATCH = WINDOW / 2;

    private Flow.@Nullable Subscription subscription;
    private int handedOn;

    /** Only the first one counts; any other is cancelled. */
    public void start(Flow.Subscription newSubscription) {
        if (subscription != null) {
            newSubscription.cancel();
            return;
        }
        subscription = newSubscription;
        newSubscription.request(WINDOW);
    }

    /** A message has been handed on. */
    public void handedOn() {
        Flow.Subscription current = subscription;
        if (++handedOn == BATCH && current != null) {
            handedOn = 0;
            current.request(BATCH);
        }
    }
}
