package stream.weir.connector.kafka;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Between a fetcher and the replica's thread: what was fetched, in order, bounded in bytes. Safe for use by both threads. */
final class HandOver {
    private final long limitBytes;
    private final Deque<Delivery> deliveries = new ArrayDeque<>();
    private long bytes;
    private long records;
    private OptionalLong behind = OptionalLong.empty();
    private @Nullable Throwable failure;
    private boolean closed;

    /** @param limitBytes from this many bytes on the fetcher waits */
    HandOver(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** Waits for room, but not for longer. @return false when there was none */
    synchronized boolean put(Delivery delivery, Duration most) throws InterruptedException {
        if (bytes >= limitBytes && !closed) {
            wait(most.toMillis());
        }
        if (bytes >= limitBytes && !closed) {
            return false;
        }
        deliveries.addLast(delivery);
        bytes += delivery.bytes();
        records += delivery.count();
        return true;
    }

    /** How many records there are behind all that was put; empty where that is not known. */
    synchronized void behind(OptionalLong count) {
        behind = count;
    }

    /** How many records there are behind all that was taken. */
    synchronized OptionalLong waiting() {
        return behind.isPresent() ? OptionalLong.of(behind.getAsLong() + records) : behind;
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
            records -= next.count();
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
