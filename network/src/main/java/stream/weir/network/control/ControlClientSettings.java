package stream.weir.network.control;

import java.time.Duration;

/**
 * How often coordinators are tried.
 *
 * @param minPause {@code control.minPause}: after all of them were tried for the first time; doubles from then on
 * @param maxPause {@code control.maxPause}: the longest pause
 */
public record ControlClientSettings(Duration minPause, Duration maxPause) {
    public ControlClientSettings {
        if (!minPause.isPositive() || maxPause.compareTo(minPause) < 0) {
            throw new IllegalArgumentException("control.minPause is " + minPause + ", control.maxPause is " + maxPause
                    + ": the first is longer than nothing and not longer than the second");
        }
    }

    /** 100 ms, up to 1 s: a leader that is there again is found within that, and a thousand processes are no load for it. */
    public static ControlClientSettings defaults() {
        return new ControlClientSettings(Duration.ofMillis(100), Duration.ofSeconds(1));
    }

    /**
     * How long to wait.
     *
     * @param rounds in which nobody was found, at least 1
     * @param jitter from 0 to 1: processes that lost the same coordinator do not all come back at once
     */
    Duration pause(int rounds, double jitter) {
        long longest = maxPause.toNanos();
        long full = minPause.toNanos();
        for (int i = 1; i < rounds && full < longest; i++) {
            full *= 2;
        }
        return Duration.ofNanos((long) (Math.min(full, longest) * (0.5 + jitter / 2)));
    }
}
