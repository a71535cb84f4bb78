package stream.weir.operator.autoscale;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import stream.weir.operator.autoscale.Evaluation.StageWish;
import stream.weir.operator.autoscale.Observation.Stage;
import stream.weir.operator.autoscale.ScalingMemory.Trial;

/** What became of a scaling: whether it arrived, how long it made the pipeline pause, and whether it helped. Functions. */
final class FollowUp {
    /** A count that was asked for is wanted by the coordinator by then, or it was not heard. */
    static final Duration HEARD = Duration.ofMinutes(1);

    /** Processes that did not come up by then, or are still fetching what they need, for which they have two minutes, do not come soon. */
    static final Duration STARTED = Duration.ofMinutes(7);

    /** For how long not more are asked for after that. */
    private static final Duration MISSING_FOR = Duration.ofMinutes(30);

    private static final Duration LONGEST = Duration.ofDays(7);

    /** Of the capacity that more replicas should have given, a scaling that gave less did not help. */
    private static final double EFFECTIVE = 0.25;

    /** A stage that has so little to do shows nothing. */
    private static final double BUSY_ENOUGH = 0.3;

    private FollowUp() {}

    /**
     * Compares the counts that are at work with those of before.
     *
     * @param lastRunning when the pipeline was last seen at work, before
     */
    static ScalingMemory counted(ScalingMemory memory, Observation seen, Optional<Instant> lastRunning) {
        Map<String, Integer> counts = new HashMap<>();
        seen.stages().forEach(stage -> counts.put(stage.name(), stage.running()));
        if (!seen.running() || counts.equals(memory.counts())) {
            return memory;
        }
        ScalingMemory present = memory.withCounts(counts);
        if (memory.counts().isEmpty()) {
            return present;
        }
        present = present.scaledAt(seen.at()).withoutWishes();
        Optional<Trial> arrived = memory.trial().filter(trial -> trial.to().entrySet().stream()
                .allMatch(stage -> stage.getValue().equals(counts.get(stage.getKey()))));
        present = present.withTrial(arrived.map(trial ->
                new Trial(trial.asked(), trial.from(), trial.to(), trial.capacities(), Optional.of(seen.at()))));
        if (lastRunning.isEmpty()) {
            return present;
        }
        Duration pause = Duration.between(lastRunning.get(), began(seen));
        return present.withPauses(
                pause.isNegative()
                        ? present.pauses()
                        : present.pauses().learned(pause, memory.counts(), counts, stateBytes(seen)));
    }

    /** Whether a scaling that was asked for is not wanted by the coordinator: it did not hear of it, or somebody asked for another. */
    static boolean isLost(Trial trial, Observation seen) {
        boolean wanted = trial.to().entrySet().stream().allMatch(stage -> seen.stage(stage.getKey())
                .filter(now -> now.wanted() == stage.getValue())
                .isPresent());
        return !wanted && trial.arrived().isEmpty() && isAfter(seen.at(), trial.asked(), HEARD);
    }

    /** Whether the processes of a scaling should have been there for long. */
    static boolean isMissing(Trial trial, Observation seen) {
        return trial.arrived().isEmpty() && isAfter(seen.at(), trial.asked(), STARTED);
    }

    /** Remembers not to ask for more than there was before a scaling that never arrived. */
    static ScalingMemory givenUp(ScalingMemory memory, Trial trial, Instant now) {
        ScalingMemory present = memory.withTrial(Optional.empty()).scaledAt(now).withoutWishes();
        for (Map.Entry<String, Integer> stage : trial.to().entrySet()) {
            int before = trial.from().getOrDefault(stage.getKey(), stage.getValue());
            if (stage.getValue() > before) {
                String why = "the processes of " + stage.getValue() + " replicas did not come up within "
                        + Durations.text(STARTED);
                Ceiling ceiling = new Ceiling(before, now.plus(MISSING_FOR), 1, ScalingReason.PODS_MISSING, why);
                present = present.withStage(stage.getKey(), kept -> kept.with(ceiling));
            }
        }
        return present;
    }

    /** Whether the last scaling up gave what it should have; to be asked when there are figures of the new run. */
    static ScalingMemory judged(
            ScalingMemory memory,
            Evaluation evaluation,
            Map<String, Measurement> measured,
            PipelineShape shape,
            Instant now) {
        Optional<Trial> trial = memory.trial().filter(one -> one.arrived().isPresent());
        if (trial.isEmpty()
                || !evaluation.stages().keySet().containsAll(trial.get().to().keySet())) {
            return memory;
        }
        ScalingMemory present = memory.withTrial(Optional.empty());
        for (String name : trial.get().to().keySet()) {
            StageWish wish = Objects.requireNonNull(evaluation.stages().get(name));
            boolean busy = Objects.requireNonNull(measured.get(name)).hottestBusy() >= BUSY_ENOUGH;
            if (busy
                    && effect(trial.get(), wish)
                            .filter(effect -> effect < EFFECTIVE)
                            .isPresent()) {
                Ceiling ceiling = ceiling(trial.get(), wish, present.stage(name).ceiling(), shape, now);
                present = present.withStage(name, kept -> kept.with(ceiling));
            }
        }
        return present;
    }

    /** Of the capacity that a scaling up should have given, the part that it gave; empty where that cannot be said. */
    private static Optional<Double> effect(Trial trial, StageWish wish) {
        int from = trial.from().getOrDefault(wish.stage(), wish.replicas());
        double before = trial.capacities().getOrDefault(wish.stage(), 0.0);
        boolean hot = wish.ask()
                .limit()
                .filter(limit -> limit == ScalingReason.HOT_KEYS || limit == ScalingReason.SLOW_REPLICA)
                .isPresent();
        if (wish.replicas() <= from || before <= 0 || wish.ask().capacity() <= 0 || hot) {
            return Optional.empty();
        }
        double expected = before * ((double) wish.replicas() / from - 1);
        return Optional.of((wish.ask().capacity() - before) / expected);
    }

    private static Ceiling ceiling(
            Trial trial, StageWish wish, Optional<Ceiling> before, PipelineShape shape, Instant now) {
        int from = trial.from().getOrDefault(wish.stage(), wish.replicas());
        int times = before.map(Ceiling::times).orElse(0) + 1;
        Duration longer = wish.settings().ineffectiveFor().multipliedBy(1L << Math.min(times - 1, 20));
        Duration until = longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
        boolean outside =
                shape.stages().stream().anyMatch(stage -> stage.name().equals(wish.stage()) && stage.writesOutside());
        ScalingReason reason = outside ? ScalingReason.OUTSIDE_LIMIT : ScalingReason.INEFFECTIVE;
        String why = String.format(
                Locale.ROOT,
                "%d replicas process %.0f records/s, %d did %.0f; not more than %d for %s",
                wish.replicas(),
                wish.ask().capacity(),
                from,
                trial.capacities().getOrDefault(wish.stage(), 0.0),
                wish.replicas(),
                Durations.text(until));
        return new Ceiling(from, now.plus(until), times, reason, why);
    }

    static Map<String, Long> stateBytes(Observation seen) {
        Map<String, Long> bytes = new HashMap<>();
        seen.stages().forEach(stage -> stage.stateBytes().ifPresent(size -> bytes.put(stage.name(), size)));
        return bytes;
    }

    /** When the present run began, by the replica that has been up for longest. */
    private static Instant began(Observation seen) {
        Duration up = seen.stages().stream()
                .map(Stage::replicas)
                .flatMap(replicas -> replicas.stream().map(Observation.Replica::up))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        return seen.at().minus(up);
    }

    private static boolean isAfter(Instant now, Instant begin, Duration time) {
        return now.isAfter(begin.plus(time));
    }
}
