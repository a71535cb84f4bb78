package stream.weir.operator.autoscale;

import java.time.Instant;

/**
 * Remembered of a stage: more replicas than this did not help.
 *
 * @param times how often in a row that turned out
 */
record Ceiling(int count, Instant until, int times, ScalingReason reason, String why) {
    boolean holds(Instant now) {
        return now.isBefore(until);
    }
}
