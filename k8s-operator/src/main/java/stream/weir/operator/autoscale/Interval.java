package stream.weir.operator.autoscale;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import stream.weir.operator.autoscale.Observation.Replica;

/** What one replica did between two observations; times in seconds. */
record Interval(double seconds, double records, double busy, double blocked, Map<String, Double> sent) {
    /** An interval in which a record took so many times less or more than usual is a mistake of the figures. */
    private static final double OUTLIER = 20;

    /** Fewer intervals say nothing about what is usual. */
    private static final int ENOUGH = 5;

    /** Times are taken one after the other, so that parts may be a little more than the whole. */
    private static final double ROUNDING = 1.1;

    /** Empty where the two are not counted from the same beginning, or cannot be true. */
    static Optional<Interval> between(Replica earlier, Replica later) {
        double seconds = seconds(earlier.up(), later.up());
        double busy = seconds(earlier.busy(), later.busy());
        double blocked = seconds(earlier.blocked(), later.blocked());
        long records = later.records() - earlier.records();
        boolean sound = earlier.instance().equals(later.instance())
                && seconds > 0
                && records >= 0
                && busy >= 0
                && blocked >= 0
                && busy + blocked <= seconds * ROUNDING;
        if (!sound) {
            return Optional.empty();
        }
        Map<String, Double> sent = new HashMap<>();
        later.sent().forEach((to, count) -> {
            long more = count - earlier.sent().getOrDefault(to, 0L);
            sent.put(to, (double) Math.max(more, 0));
        });
        return Optional.of(
                new Interval(seconds, records, Math.min(busy, seconds), Math.min(blocked, seconds), Map.copyOf(sent)));
    }

    /** Which intervals are not outliers among all of a stage. */
    static Predicate<Interval> usual(List<Interval> all) {
        double[] rates = all.stream()
                .filter(Interval::hasRate)
                .mapToDouble(Interval::rate)
                .toArray();
        if (rates.length < ENOUGH) {
            return _ -> true;
        }
        double usual = Trend.median(rates);
        return one -> !one.hasRate() || (one.rate() < usual * OUTLIER && one.rate() > usual / OUTLIER);
    }

    static double seconds(List<Interval> all) {
        return all.stream().mapToDouble(Interval::seconds).sum();
    }

    static Measurement.Load load(List<Interval> all) {
        double seconds = seconds(all);
        return new Measurement.Load(
                all.stream().mapToDouble(Interval::records).sum() / seconds,
                all.stream().mapToDouble(Interval::busy).sum() / seconds,
                all.stream().mapToDouble(Interval::blocked).sum() / seconds);
    }

    static Map<String, Double> sentPerSecond(List<Interval> all) {
        double seconds = seconds(all);
        Map<String, Double> sent = new HashMap<>();
        all.forEach(one -> one.sent().forEach((to, count) -> sent.merge(to, count, Double::sum)));
        sent.replaceAll((_, count) -> count / seconds);
        return sent;
    }

    private boolean hasRate() {
        return records > 0 && busy > 0;
    }

    private double rate() {
        return records / busy;
    }

    private static double seconds(Duration earlier, Duration later) {
        return Durations.seconds(later) - Durations.seconds(earlier);
    }
}
