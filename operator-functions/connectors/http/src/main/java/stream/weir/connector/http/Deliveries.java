package stream.weir.connector.http;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/** Accepted requests on their way to the replica's thread, and the bound on all that are not answered. Any thread. */
final class Deliveries {
    private final int most;
    private final Queue<Delivery> waiting = new ArrayDeque<>();
    private int pending;
    private boolean closed;

    /** @param most records that are not answered */
    Deliveries(int most) {
        this.most = most;
    }

    int most() {
        return most;
    }

    enum Offer {
        ACCEPTED,
        FULL
    }

    synchronized Offer offer(Delivery delivery) {
        if (closed || delivery.size() > most - pending) {
            return Offer.FULL;
        }
        pending += delivery.size();
        waiting.add(delivery);
        return Offer.ACCEPTED;
    }

    synchronized Optional<Delivery> next() {
        return Optional.ofNullable(waiting.poll());
    }

    synchronized void answered(Delivery delivery) {
        pending -= delivery.size();
    }

    /** Accepts nothing more. */
    synchronized void close() {
        closed = true;
    }
}
