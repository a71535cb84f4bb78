package stream.weir.operator.autoscale;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Predicate;
import stream.weir.operator.autoscale.Observation.Replica;
import stream.weir.operator.autoscale.Observation.Stage;

/**
 * Collects observations of the present run and measures over the newest of them. Begins anew with each run, and when time goes
 * backwards. Counters of a replica are compared only with earlier ones of the same replica in the same process, and only where they
 * can be true.
 */
final class MeasurementWindow {
    /** So that somebody who asks every few milliseconds does not fill the memory. */
    private static final int MOST = 720;

    private final Duration longest;
    private final Deque<Observation> seen = new ArrayDeque<>();
    private Optional<Instant> runningSince = Optional.empty();

    /** @param longest no measurement goes further back */
    MeasurementWindow(Duration longest) {
        this.longest = longest;
    }

    void add(Observation now) {
        Optional<Observation> last = Optional.ofNullable(seen.peekLast());
        if (last.isPresent() && now.at().equals(last.get().at())) {
            return;
        }
        boolean sameRun = last.isPresent()
                && last.get().run() == now.run()
                && now.at().isAfter(last.get().at());
        if (!now.running() || !sameRun) {
            seen.clear();
            runningSince = Optional.empty();
        }
        if (!now.running()) {
            return;
        }
        runningSince = runningSince.or(() -> Optional.of(now.at()));
        seen.addLast(now);
        while (seen.size() > MOST || secondIsOld(now.at())) {
            seen.removeFirst();
        }
    }

    /** For how long there have been figures of the present run. */
    Duration age(Instant now) {
        return runningSince.map(since -> Duration.between(since, now)).orElse(Duration.ZERO);
    }

    /**
     * @param window how far to look back from the newest observation
     * @param warmUp what is not looked at, from the beginning of the run
     * @return empty while less than that time has been seen, or fewer than half of the replicas have figures
     */
    Optional<Measurement> measured(String stage, Duration window, Duration warmUp) {
        if (runningSince.isEmpty()) {
            return Optional.empty();
        }
        Instant end = seen.getLast().at();
        Instant warm = runningSince.get().plus(warmUp);
        Instant begin = end.minus(window);
        List<Observation> used = seen.stream()
                .filter(one -> !one.at().isBefore(begin) && !one.at().isBefore(warm))
                .toList();
        boolean covered = !used.isEmpty()
                && Duration.between(used.getFirst().at(), end)
                                .compareTo(window.multipliedBy(8).dividedBy(10))
                        >= 0;
        return covered ? measured(stage, used) : Optional.empty();
    }

    private static Optional<Measurement> measured(String name, List<Observation> used) {
        Optional<Stage> newest = used.getLast().stage(name);
        if (newest.isEmpty()) {
            return Optional.empty();
        }
        Map<Integer, List<Interval>> intervals = intervals(name, used);
        Predicate<Interval> usual =
                Interval.usual(intervals.values().stream().flatMap(List::stream).toList());
        double half = Durations.seconds(
                        Duration.between(used.getFirst().at(), used.getLast().at()))
                / 2;
        List<Measurement.Load> loads = new ArrayList<>();
        Map<String, Double> sent = new HashMap<>();
        intervals.values().forEach(own -> {
            List<Interval> kept = own.stream().filter(usual).toList();
            if (Interval.seconds(kept) >= half) {
                loads.add(Interval.load(kept));
                Interval.sentPerSecond(kept).forEach((to, rate) -> sent.merge(to, rate, Double::sum));
            }
        });
        int replicas = newest.get().running();
        if (loads.isEmpty() || loads.size() * 2 < replicas) {
            return Optional.empty();
        }
        sent.replaceAll((_, rate) -> rate * replicas / loads.size());
        return Optional.of(new Measurement(
                replicas,
                loads,
                sent,
                lag(name, used),
                lagGrowth(name, used),
                newest.get().stateBytes()));
    }

    private static Map<Integer, List<Interval>> intervals(String name, List<Observation> used) {
        Map<Integer, List<Interval>> all = new HashMap<>();
        Map<Integer, Replica> before = new HashMap<>();
        for (Observation one : used) {
            one.stage(name).stream().flatMap(stage -> stage.replicas().stream()).forEach(replica -> {
                Optional.ofNullable(before.put(replica.index(), replica))
                        .flatMap(earlier -> Interval.between(earlier, replica))
                        .ifPresent(interval -> all.computeIfAbsent(replica.index(), _ -> new ArrayList<>())
                                .add(interval));
            });
        }
        return all;
    }

    private static OptionalLong lag(String name, List<Observation> used) {
        return used.getLast().stage(name).map(Stage::lag).orElse(OptionalLong.empty());
    }

    private static OptionalDouble lagGrowth(String name, List<Observation> used) {
        Instant begin = used.getFirst().at();
        List<Trend.Point> points = new ArrayList<>();
        for (Observation one : used) {
            one.stage(name)
                    .map(Stage::lag)
                    .filter(OptionalLong::isPresent)
                    .ifPresent(lag -> points.add(
                            new Trend.Point(Durations.seconds(Duration.between(begin, one.at())), lag.getAsLong())));
        }
        return Trend.slope(points);
    }

    private boolean secondIsOld(Instant now) {
        Instant oldest = now.minus(longest);
        return seen.size() > 1
                && seen.stream()
                        .skip(1)
                        .findFirst()
                        .filter(one -> one.at().isBefore(oldest))
                        .isPresent();
    }
}
