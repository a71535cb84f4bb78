package stream.weir.coordinator;

import java.time.Duration;

/**
 * How often, and after what pause, a job goes back to its last checkpoint. The count starts anew with every complete checkpoint.
 *
 * @param attempts restarts in a row without a complete checkpoint between them; -1 for any number
 * @param delay before the first restart; doubles with each further one
 * @param maxDelay it grows no further
 */
public record RestartPolicy(int attempts, Duration delay, Duration maxDelay) {
    private static final int LARGEST_SHIFT = 20;

    /**
     * @throws IllegalArgumentException for values out of range
     */
    public RestartPolicy {
        if (attempts < -1 || delay.isNegative() || maxDelay.compareTo(delay) < 0) {
            throw new IllegalArgumentException("restarts: attempts " + attempts + ", delay " + delay + ", maxDelay "
                    + maxDelay + ": attempts are -1 or more, 0 <= delay <= maxDelay");
        }
    }

    /** Ten restarts in a row, one second to one minute apart. */
    public static RestartPolicy defaults() {
        return new RestartPolicy(10, Duration.ofSeconds(1), Duration.ofMinutes(1));
    }

    /** A failure ends the job. */
    public static RestartPolicy never() {
        return new RestartPolicy(0, Duration.ZERO, Duration.ZERO);
    }

    public boolean allows(int restart) {
        return attempts == -1 || restart <= attempts;
    }

    /** @param restart from 1 */
    public Duration delayBefore(int restart) {
        Duration grown = delay.multipliedBy(1L << Math.min(restart - 1, LARGEST_SHIFT));
        return grown.compareTo(maxDelay) < 0 ? grown : maxDelay;
    }
}
