package stream.weir.coordinator.schedule;

import java.time.Duration;

/**
 * When the next scheduled checkpoint may start: an interval after the last one started, a pause after the last one ended. What
 * was missed is not made up for. Times are of a monotonic clock, in nanoseconds, and compared by difference.
 *
 * @param lastStart of a checkpoint, or of the run
 * @param earliest because of the pause
 */
public record Schedule(long intervalNanos, long minPauseNanos, long lastStart, long earliest) {
    /** A run that starts now: its first checkpoint is due after one interval. */
    public static Schedule from(Duration interval, Duration minPause, long nowNanos) {
        return new Schedule(interval.toNanos(), minPause.toNanos(), nowNanos, nowNanos);
    }

    /** A checkpoint is due at once. */
    public static Schedule due(Duration interval, Duration minPause, long nowNanos) {
        return new Schedule(interval.toNanos(), minPause.toNanos(), nowNanos - interval.toNanos(), nowNanos);
    }

    public Schedule started(long nowNanos) {
        return new Schedule(intervalNanos, minPauseNanos, nowNanos, earliest);
    }

    /** A checkpoint completed or failed. */
    public Schedule ended(long nowNanos) {
        return new Schedule(intervalNanos, minPauseNanos, lastStart, nowNanos + minPauseNanos);
    }

    public long dueAt() {
        long byInterval = lastStart + intervalNanos;
        return byInterval - earliest >= 0 ? byInterval : earliest;
    }

    public boolean isDue(long nowNanos) {
        return nowNanos - dueAt() >= 0;
    }
}
