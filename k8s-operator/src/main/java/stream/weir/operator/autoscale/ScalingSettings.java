package stream.weir.operator.autoscale;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How a stage is scaled: {@code spec.stages[].scale}. Each part has a default, {@link #defaults()}, and limits, {@link #problems}.
 *
 * @param min fewest replicas, 1 or more
 * @param max most replicas, {@code min} to 32768; never more than the pipeline has key groups
 * @param targetUtilization share of its time that a replica should be busy, 0.01 to 1; what is left is for catching up and for peaks
 * @param tolerance nothing is changed while the utilization is within the target minus and plus this, 0 to 0.5
 * @param window figures of this last time are looked at, 5 s to 30 min
 * @param warmUp figures of this first time of a run are not looked at: state is read back, code is compiled; up to 30 min
 * @param scaleUpWindow more replicas have to be wanted without a break for as long, up to 1 h
 * @param scaleDownWindow fewer replicas have to be wanted for as long; the most that was wanted in it counts; up to 24 h
 * @param scaleUpCooldown no scaling up sooner after any scaling of the pipeline, up to 24 h
 * @param scaleDownCooldown no scaling down sooner after any scaling of the pipeline, up to 24 h
 * @param catchUp in which time a backlog is to be worked off; zero: backlogs do not count; otherwise 10 s to 24 h
 * @param maxScaleUpFactor at most as many times the replicas in one step, above 1 to 100
 * @param maxScaleDownFactor at least this part of the replicas stays in one step, 0 to below 1
 * @param ineffectiveFor for how long a count is not exceeded after it turned out that more replicas do not help; up to 7 days
 */
public record ScalingSettings(
        ScalingMode mode,
        int min,
        int max,
        double targetUtilization,
        double tolerance,
        Duration window,
        Duration warmUp,
        Duration scaleUpWindow,
        Duration scaleDownWindow,
        Duration scaleUpCooldown,
        Duration scaleDownCooldown,
        Duration catchUp,
        double maxScaleUpFactor,
        double maxScaleDownFactor,
        Duration ineffectiveFor) {
    /** As many as there can be key groups. */
    private static final int MOST = 1 << 15;

    /** A replica that is busier has hardly anything left. */
    private static final double FULL = 0.97;

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration HALF_HOUR = Duration.ofMinutes(30);

    /** Off, and otherwise suited to stages whose rescaling takes seconds. */
    public static ScalingSettings defaults() {
        return new ScalingSettings(
                ScalingMode.OFF,
                1,
                MOST,
                0.7,
                0.15,
                Duration.ofSeconds(30),
                Duration.ofSeconds(20),
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                4,
                0.5,
                HOUR);
    }

    /** Utilization above which more replicas are wanted. */
    double upperUtilization() {
        return Math.min(Math.max(FULL, targetUtilization), targetUtilization + tolerance);
    }

    /** Utilization below which fewer replicas are wanted. */
    double lowerUtilization() {
        return Math.max(0.01, targetUtilization - tolerance);
    }

    /**
     * All that is wrong with it.
     *
     * @param path of these settings, as {@code spec.stages[2].scale}
     * @param maxParallelism key groups of the pipeline
     */
    public List<ScalingProblem> problems(String path, int maxParallelism) {
        Check check = new Check(path, new ArrayList<>());
        check.counts(min, max, maxParallelism);
        check.number("targetUtilization", targetUtilization, 0.01, 1);
        check.number("tolerance", tolerance, 0, 0.5);
        if (targetUtilization - tolerance <= 0) {
            check.found("tolerance", tolerance, "has to be less than targetUtilization, which is " + targetUtilization);
        }
        check.duration("window", window, Duration.ofSeconds(5), HALF_HOUR);
        check.duration("warmUp", warmUp, Duration.ZERO, HALF_HOUR);
        check.duration("scaleUpWindow", scaleUpWindow, Duration.ZERO, HOUR);
        check.duration("scaleDownWindow", scaleDownWindow, Duration.ZERO, DAY);
        check.duration("scaleUpCooldown", scaleUpCooldown, Duration.ZERO, DAY);
        check.duration("scaleDownCooldown", scaleDownCooldown, Duration.ZERO, DAY);
        if (!catchUp.isZero()) {
            check.duration("catchUp", catchUp, Duration.ofSeconds(10), DAY);
        }
        check.number("maxScaleUpFactor", maxScaleUpFactor, Math.nextUp(1.0), 100);
        check.number("maxScaleDownFactor", maxScaleDownFactor, 0, Math.nextDown(1.0));
        check.duration("ineffectiveFor", ineffectiveFor, Duration.ZERO, Duration.ofDays(7));
        return List.copyOf(check.found());
    }

    private record Check(String path, List<ScalingProblem> found) {
        void counts(int min, int max, int maxParallelism) {
            if (min < 1) {
                found("min", min, "is less than 1; a stage cannot be scaled to nothing");
            }
            if (min > max) {
                found("min", min, "is more than max, which is " + max);
            }
            if (max < 1 || max > MOST) {
                found("max", max, "is not from 1 to " + MOST);
            }
            if (min > maxParallelism) {
                found("min", min, "is more than spec.maxParallelism, which is " + maxParallelism);
            }
        }

        void number(String field, double value, double least, double most) {
            if (!(value >= least && value <= most)) {
                found(field, value, "is not from " + shortened(least) + " to " + shortened(most));
            }
        }

        void duration(String field, Duration value, Duration least, Duration most) {
            if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
                found(
                        field,
                        Durations.text(value),
                        "is not from " + Durations.text(least) + " to " + Durations.text(most));
            }
        }

        void found(String field, Object value, String why) {
            found.add(new ScalingProblem(path + "." + field, String.valueOf(value), why));
        }

        private static String shortened(double limit) {
            if (limit == Math.nextUp(1.0)) {
                return "above 1";
            }
            return limit == Math.nextDown(1.0) ? "below 1" : String.valueOf(limit);
        }
    }
}
