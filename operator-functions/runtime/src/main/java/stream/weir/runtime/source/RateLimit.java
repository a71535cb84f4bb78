package stream.weir.runtime.source;

/** A token bucket without a clock of its own: how many records may be emitted now. Holds at most 100 ms worth of records. */
final class RateLimit {
    private static final double NANOS_PER_SECOND = 1e9;

    private final double recordsPerSecond;
    private final double most;
    private double tokens;
    private long lastNanos;

    /** @param recordsPerSecond more than 0 */
    RateLimit(double recordsPerSecond, long nowNanos) {
        this.recordsPerSecond = recordsPerSecond;
        this.most = Math.max(1, recordsPerSecond / 10);
        this.lastNanos = nowNanos;
    }

    /** Records that may be emitted at once. */
    int available(long nowNanos) {
        tokens = Math.min(most, tokens + (nowNanos - lastNanos) * recordsPerSecond / NANOS_PER_SECOND);
        lastNanos = nowNanos;
        return (int) tokens;
    }

    void take(int records) {
        tokens -= records;
    }

    /** How long until the next record may be emitted. */
    long nanosUntilNext() {
        return tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) * NANOS_PER_SECOND / recordsPerSecond);
    }
}
