package stream.weir.coordinator.checkpoint;

import java.time.Duration;

/**
 * A moment.
 *
 * @param nanos of a monotonic clock; everything is ordered and timed by it
 * @param wallMillis since the epoch, for people only
 */
public record Now(long nanos, long wallMillis) {
    boolean reached(long deadlineNanos) {
        return nanos - deadlineNanos >= 0;
    }

    long after(Duration delay) {
        return nanos + delay.toNanos();
    }
}
