package stream.weir.operator.autoscale;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import stream.weir.operator.autoscale.PipelineShape.Distribution;
import stream.weir.operator.autoscale.PipelineShape.Input;
import stream.weir.operator.autoscale.PipelineShape.StageShape;
import stream.weir.operator.autoscale.SimulatedStage.Costs;

/**
 * A pipeline in discrete time, scaled by an autoscaler that looks at it every five seconds. A scaling waits for pods, then makes the
 * pipeline pause, then a new run begins. All chance comes from one seed.
 */
final class SimulatedPipeline {
    private static final double TICK = 0.25;
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final RandomGenerator random;
    private final LinkedHashMap<String, SimulatedStage> stages = new LinkedHashMap<>();
    private final Map<String, List<SimulatedStage>> readers = new HashMap<>();
    private final Map<String, ScalingSettings> settings = new HashMap<>();
    private final List<Scaling> scalings = new ArrayList<>();
    private final List<Moment> moments = new ArrayList<>();
    private final int keyGroups;

    private Optional<Autoscaler> autoscaler = Optional.empty();
    private double podSeconds = 5;
    private double pauseSeconds = 2;
    private double seconds;
    private long run = 1;
    private double nextLook = 5;
    private double pausedUntil;
    private double podsAt = Double.POSITIVE_INFINITY;
    private Map<String, Integer> wanted = new HashMap<>();
    private ScalingDecision last = new ScalingDecision(BEGIN, Map.of(), Duration.ZERO, List.of());

    /** @param from counts of the stages that changed */
    record Scaling(double at, Map<String, Integer> from, Map<String, Integer> to) {
        boolean isUp() {
            return to.entrySet().stream().anyMatch(stage -> stage.getValue() > from.getOrDefault(stage.getKey(), 0));
        }
    }

    /** @param counts replicas by stage, lag of all sources in records */
    record Moment(double at, Map<String, Integer> counts, double lag) {
        int count(String stage) {
            return counts.getOrDefault(stage, 0);
        }
    }

    SimulatedPipeline(long seed, int keyGroups) {
        this.random = new SplittableRandom(seed);
        this.keyGroups = keyGroups;
    }

    SimulatedPipeline source(String name, Costs costs, int count) {
        return add(new StageShape(name, List.of(), false, OptionalInt.empty()), costs, count);
    }

    SimulatedPipeline stage(String name, String from, Distribution distribution, Costs costs, int count) {
        return add(
                new StageShape(name, List.of(new Input(from, distribution)), false, OptionalInt.empty()), costs, count);
    }

    SimulatedPipeline stage(String name, List<String> from, Distribution distribution, Costs costs, int count) {
        List<Input> inputs =
                from.stream().map(each -> new Input(each, distribution)).toList();
        return add(new StageShape(name, inputs, false, OptionalInt.empty()), costs, count);
    }

    SimulatedPipeline sink(String name, String from, Costs costs, int count) {
        Input input = new Input(from, Distribution.REBALANCE);
        return add(new StageShape(name, List.of(input), true, OptionalInt.empty()), costs, count);
    }

    SimulatedPipeline settings(String stage, ScalingSettings own) {
        settings.put(stage, own);
        return this;
    }

    /** How long pods take to come up; for ever, if it is infinite. */
    SimulatedPipeline pods(double takeSeconds) {
        podSeconds = takeSeconds;
        return this;
    }

    SimulatedPipeline pause(double takesSeconds) {
        pauseSeconds = takesSeconds;
        return this;
    }

    /** @param load records per second that come to each source, by the seconds since the beginning */
    SimulatedPipeline runFor(double forSeconds, DoubleUnaryOperator load) {
        Autoscaler own = autoscaler.orElseGet(this::begun);
        autoscaler = Optional.of(own);
        for (double end = seconds + forSeconds; seconds < end; seconds += TICK) {
            tick(load.applyAsDouble(seconds));
            if (seconds >= nextLook) {
                look(own);
                nextLook = seconds + 4.5 + random.nextDouble();
            }
        }
        return this;
    }

    int count(String stage) {
        return Objects.requireNonNull(stages.get(stage)).count();
    }

    double seconds() {
        return seconds;
    }

    List<Scaling> scalings() {
        return scalings;
    }

    List<Scaling> scalingsAfter(double when) {
        return scalings.stream().filter(scaling -> scaling.at() > when).toList();
    }

    ScalingDecision last() {
        return last;
    }

    /** The greatest count that a stage had in that time. */
    int most(String stage, double from, double to) {
        return counts(stage, from, to).max().orElseThrow();
    }

    int least(String stage, double from, double to) {
        return counts(stage, from, to).min().orElseThrow();
    }

    double mean(String stage, double from, double to) {
        return counts(stage, from, to).average().orElseThrow();
    }

    double mostLag(double from, double to) {
        return in(from, to).mapToDouble(Moment::lag).max().orElseThrow();
    }

    /** When a stage first had at least that count, after then. */
    double reached(String stage, int count, double after) {
        return moments.stream()
                .filter(moment -> moment.at() >= after && moment.count(stage) >= count)
                .mapToDouble(Moment::at)
                .findFirst()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private IntStream counts(String stage, double from, double to) {
        return in(from, to).mapToInt(moment -> moment.count(stage));
    }

    private Stream<Moment> in(double from, double to) {
        return moments.stream().filter(moment -> moment.at() >= from && moment.at() <= to);
    }

    private int wanted(SimulatedStage stage) {
        return wanted.getOrDefault(stage.name(), stage.count());
    }

    private Autoscaler begun() {
        List<StageShape> shapes =
                stages.values().stream().map(SimulatedStage::shape).toList();
        return Autoscaler.of(new PipelineShape(keyGroups, shapes), settings);
    }

    private SimulatedPipeline add(StageShape shape, Costs costs, int count) {
        stages.put(shape.name(), new SimulatedStage(shape, costs, count, random));
        wanted.put(shape.name(), count);
        return this;
    }

    private void tick(double load) {
        List<SimulatedStage> order = new ArrayList<>(stages.values());
        order.stream().filter(stage -> stage.shape().isSource()).forEach(source -> source.arrive(load * TICK));
        if (seconds >= podsAt) {
            podsAt = Double.POSITIVE_INFINITY;
            pausedUntil = seconds + pauseSeconds * (0.5 + random.nextDouble());
            order.forEach(stage -> stage.restart(wanted(stage)));
            run++;
        }
        if (seconds >= pausedUntil) {
            order.reversed()
                    .forEach(stage -> stage.work(TICK, readers.computeIfAbsent(stage.name(), _ -> readersOf(stage))));
        }
    }

    private void look(Autoscaler own) {
        List<Observation.Stage> seen = stages.values().stream()
                .map(stage -> stage.observed(wanted(stage), random))
                .toList();
        Observation observation =
                new Observation(BEGIN.plusMillis(Math.round(seconds * 1000)), run, seconds >= pausedUntil, seen);
        last = own.step(observation);
        if (!last.apply().isEmpty()) {
            Map<String, Integer> before = new HashMap<>(wanted);
            before.keySet().retainAll(last.apply().keySet());
            scalings.add(new Scaling(seconds, before, last.apply()));
            wanted.putAll(last.apply());
            boolean changes = stages.values().stream().anyMatch(stage -> stage.count() != wanted(stage));
            podsAt = changes ? seconds + podSeconds * (0.5 + random.nextDouble()) : Double.POSITIVE_INFINITY;
        }
        Map<String, Integer> counts = new HashMap<>();
        stages.values().forEach(stage -> counts.put(stage.name(), stage.count()));
        moments.add(new Moment(
                seconds,
                counts,
                stages.values().stream().mapToDouble(SimulatedStage::lag).sum()));
    }

    private List<SimulatedStage> readersOf(SimulatedStage writer) {
        return stages.values().stream()
                .filter(stage -> stage.shape().inputs().stream()
                        .anyMatch(input -> input.from().equals(writer.name())))
                .toList();
    }
}
