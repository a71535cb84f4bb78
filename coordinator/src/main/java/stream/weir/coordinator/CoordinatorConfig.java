package stream.weir.coordinator;

import java.time.Duration;

/**
 * Settings of a coordinator.
 *
 * @param interval from trigger to trigger
 * @param timeout a checkpoint that not all replicas have acknowledged by then is aborted
 * @param minPause least time between the end of one and the next scheduled trigger
 * @param maxConcurrent how many may be in progress at once, at least 1
 * @param tolerableFailures consecutive failures that do not fail the job: 0 tolerates none, -1 any number
 * @param retained complete checkpoints that are kept, at least 1
 * @param graceTime no object younger than this is deleted; longer than {@code timeout}
 * @param maxParallelism key groups of the pipeline, fixed for its life
 * @param retryDelay pause before a store call, or the final checkpoint, is tried again
 */
public record CoordinatorConfig(
        Duration interval,
        Duration timeout,
        Duration minPause,
        int maxConcurrent,
        int tolerableFailures,
        int retained,
        Duration graceTime,
        int maxParallelism,
        Duration retryDelay,
        RestartPolicy restarts) {
    /**
     * @throws IllegalArgumentException naming the setting, its value and its range
     */
    public CoordinatorConfig {
        require(isPositive(interval), "checkpoint.interval", interval, "is more than 0");
        require(isPositive(timeout), "checkpoint.timeout", timeout, "is more than 0");
        require(!minPause.isNegative(), "checkpoint.minPause", minPause, "is 0 or more");
        require(maxConcurrent >= 1, "checkpoint.maxConcurrent", maxConcurrent, "is 1 or more");
        require(tolerableFailures >= -1, "checkpoint.tolerableFailures", tolerableFailures, "is -1 (any) or more");
        require(retained >= 1, "checkpoint.retained", retained, "is 1 or more");
        require(
                graceTime.compareTo(timeout) > 0,
                "graceTime",
                graceTime,
                "is more than checkpoint.timeout, " + timeout);
        require(maxParallelism >= 1, "maxParallelism", maxParallelism, "is 1 or more");
        require(isPositive(retryDelay), "retryDelay", retryDelay, "is more than 0");
    }

    /** Each 10 seconds, one at a time, no failure tolerated, three kept. */
    public static CoordinatorConfig defaults() {
        return new CoordinatorConfig(
                Duration.ofSeconds(10),
                Duration.ofMinutes(10),
                Duration.ZERO,
                1,
                0,
                3,
                Duration.ofHours(1),
                128,
                Duration.ofSeconds(1),
                RestartPolicy.defaults());
    }

    /** The same, with another number of checkpoints that are kept. */
    public CoordinatorConfig withRetained(int count) {
        return new CoordinatorConfig(
                interval,
                timeout,
                minPause,
                maxConcurrent,
                tolerableFailures,
                count,
                graceTime,
                maxParallelism,
                retryDelay,
                restarts);
    }

    private static boolean isPositive(Duration duration) {
        return duration.compareTo(Duration.ZERO) > 0;
    }

    private static void require(boolean holds, String setting, Object value, String range) {
        if (!holds) {
            throw new IllegalArgumentException(setting + " is " + value + ": it " + range);
        }
    }
}
