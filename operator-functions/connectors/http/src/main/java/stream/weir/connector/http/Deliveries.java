package stream.weir.connector.http;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import stream.weir.api.codec.Bytes;

/**
 * Accepted requests on their way to the replica's thread, the bound on all that are not answered, and the keys by which a repetition is
 * known. Any thread.
 */
final class Deliveries {
    private final int most;
    private final CoveredKeys covered;
    private final Map<RequestKey, Delivery> open = new HashMap<>();
    private final Queue<Delivery> waiting = new ArrayDeque<>();
    private int pending;
    private boolean closed;

    /** @param most records that are not answered */
    Deliveries(int most, CoveredKeys covered) {
        this.most = most;
        this.covered = covered;
    }

    int most() {
        return most;
    }

    enum Offer {
        ACCEPTED,
        /** Its records are there already; it is answered together with the request that brought them. */
        JOINED,
        /** A checkpoint covers its records. */
        COVERED,
        FULL
    }

    synchronized Offer offer(Delivery delivery) {
        Optional<RequestKey> key = delivery.key();
        if (key.isPresent()) {
            if (covered.contains(key.get())) {
                return Offer.COVERED;
            }
            Delivery first = open.get(key.get());
            if (first != null) {
                return !closed && first.join(delivery) ? Offer.JOINED : Offer.FULL;
            }
        }
        if (closed || delivery.size() > most - pending) {
            return Offer.FULL;
        }
        pending += delivery.size();
        waiting.add(delivery);
        key.ifPresent(each -> open.put(each, delivery));
        return Offer.ACCEPTED;
    }

    synchronized Optional<Delivery> next() {
        return Optional.ofNullable(waiting.poll());
    }

    /** From now on a repetition of them is answered at once, and none joins them. */
    synchronized void covered(Collection<Delivery> deliveries) {
        deliveries.forEach(delivery -> delivery.key().ifPresent(key -> {
            open.remove(key);
            covered.add(key);
        }));
    }

    /** @param coming requests that the checkpoint will cover, in the order in which they came */
    synchronized Map<String, Bytes> position(int replica, List<Delivery> coming) {
        return covered.position(
                replica,
                coming.stream().map(Delivery::key).flatMap(Optional::stream).toList());
    }

    synchronized void answered(Delivery delivery) {
        pending -= delivery.size();
    }

    /** Accepts nothing more. */
    synchronized void close() {
        closed = true;
    }
}
