package stream.weir.benchmarks.processes;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** A way to somewhere else: an answer takes a while, and bytes go one after another. Safe for use by any number of threads. */
final class Pace {
    static final long UNLIMITED = 0;

    /** What was not used of so much time is made up for, as no thread wakes up exactly when it wants to. */
    private static final long BURST_NANOS = 10_000_000;

    private static final long SECOND_NANOS = 1_000_000_000;

    private final Duration latency;
    private final long bytesPerSecond;
    private final LongSupplier nanos;

    /** When all bytes so far are through. */
    private long free;

    /**
     * @param latency of each request
     * @param bytesPerSecond of all of them together, or {@link #UNLIMITED}
     * @param nanos monotonic clock
     */
    Pace(Duration latency, long bytesPerSecond, LongSupplier nanos) {
        this.latency = latency;
        this.bytesPerSecond = bytesPerSecond;
        this.nanos = nanos;
        this.free = nanos.getAsLong();
    }

    /** Returns when a request has been answered. */
    void request() {
        awaitTime(nanos.getAsLong() + latency.toNanos());
    }

    /** Returns when bytes are through. */
    void bytes(long count) {
        awaitTime(through(count));
    }

    /** When bytes that come now are through, on the clock. */
    synchronized long through(long count) {
        long now = nanos.getAsLong();
        if (bytesPerSecond == UNLIMITED) {
            return now;
        }
        free = Math.max(free, now - BURST_NANOS) + count * SECOND_NANOS / bytesPerSecond;
        return free;
    }

    /** Earlier where the thread is interrupted: its work ends. */
    private void awaitTime(long time) {
        for (long left = time - nanos.getAsLong();
                left > 0 && !Thread.currentThread().isInterrupted();
                left = time - nanos.getAsLong()) {
            LockSupport.parkNanos(left);
        }
    }
}
