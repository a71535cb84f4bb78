package stream.weir.connector.kafka;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Between a fetcher and the replica's thread: what was fetched, in order, bounded in bytes. Safe for use by both threads. */
final class HandOver {
    private final long limitBytes;
    private final Deque<Delivery> deliveries = new ArrayDeque<>();
    private long bytes;
    private @Nullable Throwable failure;
    private boolean closed;

    /** @param limitBytes from this many bytes on the fetcher waits */
    HandOver(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** Waits for room. @return false when nobody takes anything any more */
    synchronized boolean put(Delivery delivery) throws InterruptedException {
        while (bytes >= limitBytes && !closed) {
            wait();
        }
        deliveries.addLast(delivery);
        bytes += delivery.bytes();
        return !closed;
    }

    /**
     * The next delivery, without waiting.
     *
     * @throws Exception that of the fetcher, behind all that it delivered before it
     */
    synchronized Optional<Delivery> take() throws Exception {
        Delivery next = deliveries.pollFirst();
        if (next != null) {
            bytes -= next.bytes();
            notifyAll();
            return Optional.of(next);
        }
        switch (failure) {
            case null -> {}
            case Error error -> throw error;
            case Exception exception -> throw exception;
            default -> throw new IllegalStateException(failure);
        }
        return Optional.empty();
    }

    /** The fetcher has come to its end. */
    synchronized void fail(Throwable error) {
        if (failure == null) {
            failure = error;
        }
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Nothing is taken any more. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
