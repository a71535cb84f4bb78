package stream.weir.runtime.function;

import java.time.Duration;

/**
 * The event times that steps with windows, timers or distances take: between {@link #MIN} and {@link #MAX}, some 146 million
 * years on both sides of the epoch. With spans of at most {@link #MAX_SPAN} no sum of them overflows.
 */
final class EventTimes {
    static final long MIN = -(1L << 62);
    static final long MAX = 1L << 62;

    /** Longest window, gap, distance or lateness. */
    static final long MAX_SPAN = 1L << 60;

    private EventTimes() {}

    static boolean inRange(long timestamp) {
        return timestamp >= MIN && timestamp <= MAX;
    }

    /** Why a timestamp is not {@link #inRange}. */
    static IllegalArgumentException problem(long timestamp) {
        return new IllegalArgumentException(
                timestamp == Long.MIN_VALUE
                        ? "the record has no event time, which this step needs: set eventTime on the source"
                        : "the record's event time, " + timestamp + " ms, is outside of what this step can work with ("
                                + MIN + " to " + MAX + " ms): check what eventTime reads and its unit");
    }

    /**
     * A span in milliseconds.
     *
     * @param what for the error, for instance {@code window size}
     * @param least the shortest one allowed, in milliseconds
     * @throws IllegalArgumentException when it is shorter, or longer than {@link #MAX_SPAN}
     */
    static long span(String what, Duration span, long least) {
        if (span.compareTo(Duration.ofMillis(least)) < 0 || span.compareTo(Duration.ofMillis(MAX_SPAN)) > 0) {
            throw new IllegalArgumentException(
                    what + " is " + span + ": it is " + least + " ms at least and " + MAX_SPAN + " ms at most");
        }
        return span.toMillis();
    }

    /** A watermark moved to where arithmetic with spans cannot overflow, which changes nothing for times in range. */
    static long clamp(long watermark) {
        return Math.clamp(watermark, MIN - 2, MAX + 3 * MAX_SPAN);
    }
}
