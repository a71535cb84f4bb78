package stream.weir.coordinator.membership;

import java.time.Duration;

/**
 * Settings of the membership.
 *
 * @param reconnectGrace how long a process whose connection broke has to come back before its replica counts as lost
 * @param takeoverPatience how long a new leader waits for processes to say what they hold, before all go back to a checkpoint; and how
 *     long a process may stay silent after it has connected
 * @param preparePatience how long the next run waits, at the most, for processes that fetch what they will need while the present run
 *     goes on; zero for not at all
 * @param mostInstances processes beyond that are turned away
 */
public record MembershipConfig(
        Duration reconnectGrace, Duration takeoverPatience, Duration preparePatience, int mostInstances) {
    /** A gibibyte at 10 MB/s. */
    private static final Duration PREPARE_PATIENCE = Duration.ofMinutes(2);

    /**
     * @throws IllegalArgumentException naming the setting, its value and its range
     */
    public MembershipConfig {
        if (reconnectGrace.isNegative()
                || !takeoverPatience.isPositive()
                || preparePatience.isNegative()
                || mostInstances < 1) {
            throw new IllegalArgumentException("reconnectGrace is " + reconnectGrace + ", takeoverPatience "
                    + takeoverPatience + ", preparePatience " + preparePatience + ", mostInstances " + mostInstances
                    + ": the first and the third are not negative, the others are more than 0");
        }
    }

    /** 500 ms, 4 s, 2 min, 10,000. */
    public static MembershipConfig defaults() {
        return new MembershipConfig(Duration.ofMillis(500), Duration.ofSeconds(4), PREPARE_PATIENCE, 10_000);
    }
}
