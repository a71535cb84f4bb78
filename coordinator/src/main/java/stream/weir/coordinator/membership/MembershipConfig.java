package stream.weir.coordinator.membership;

import java.time.Duration;

/**
 * Settings of the membership.
 *
 * @param reconnectGrace how long a process whose connection broke has to come back before its replica counts as lost
 * @param takeoverPatience how long a new leader waits for processes to say what they hold, before all go back to a checkpoint; and how
 *     long a process may stay silent after it has connected
 * @param mostInstances processes beyond that are turned away
 */
public record MembershipConfig(Duration reconnectGrace, Duration takeoverPatience, int mostInstances) {
    /**
     * @throws IllegalArgumentException naming the setting, its value and its range
     */
    public MembershipConfig {
        if (reconnectGrace.isNegative() || !takeoverPatience.isPositive() || mostInstances < 1) {
            throw new IllegalArgumentException("reconnectGrace is " + reconnectGrace + ", takeoverPatience "
                    + takeoverPatience + ", mostInstances " + mostInstances
                    + ": the first is not negative, the others are more than 0");
        }
    }

    /** 500 ms, 4 s, 10,000. */
    public static MembershipConfig defaults() {
        return new MembershipConfig(Duration.ofMillis(500), Duration.ofSeconds(4), 10_000);
    }
}
