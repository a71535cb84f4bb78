package stream.weir.coordinator.election;

import java.time.Duration;

/**
 * How a lease is kept.
 *
 * @param renew how often the leader renews it, and the others look at it
 * @param expires how long it holds without being renewed; at least twice {@code renew}
 */
public record LeaseConfig(Duration renew, Duration expires) {
    /**
     * @throws IllegalArgumentException naming both settings
     */
    public LeaseConfig {
        if (!renew.isPositive() || expires.compareTo(renew.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException("lease.renew is " + renew + ", lease.expires is " + expires
                    + ": the first is more than 0, the second at least twice as long");
        }
    }

    /** Each second; four seconds. */
    public static LeaseConfig defaults() {
        return new LeaseConfig(Duration.ofSeconds(1), Duration.ofSeconds(4));
    }
}
