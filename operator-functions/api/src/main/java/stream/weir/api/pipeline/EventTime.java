package stream.weir.api.pipeline;

import java.time.Duration;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Where a record's time comes from and how far the stream may be out of order.
 *
 * @param timestamp milliseconds since the epoch
 * @param maxOutOfOrderness the watermark follows the greatest timestamp at this distance
 * @param idleTimeout after this long without a record a split no longer holds the watermark back; never, where absent
 * @param maxAhead a timestamp further ahead of the wall clock is counted and does not move the watermark
 */
public record EventTime<T>(
        ToLongFunction<T> timestamp, Duration maxOutOfOrderness, Optional<Duration> idleTimeout, Duration maxAhead) {
    /** One wrong clock must not make everybody else's records late. */
    public static final Duration DEFAULT_MAX_AHEAD = Duration.ofHours(24);

    /** With {@link #DEFAULT_MAX_AHEAD}. */
    public EventTime(ToLongFunction<T> timestamp, Duration maxOutOfOrderness, Optional<Duration> idleTimeout) {
        this(timestamp, maxOutOfOrderness, idleTimeout, DEFAULT_MAX_AHEAD);
    }
}
