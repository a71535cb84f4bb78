package stream.weir.operator.autoscale;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What is remembered from decision to decision.
 *
 * @param counts replicas by stage, of the last run that was seen
 * @param lastScaling when counts last changed, by whomever, or were asked to
 * @param trial a scaling of ours of which it is not known yet what it gave
 */
record ScalingMemory(
        Map<String, StageMemory> stages,
        Map<String, Integer> counts,
        Optional<Instant> lastScaling,
        Optional<Trial> trial,
        PauseModel pauses) {
    static final ScalingMemory EMPTY =
            new ScalingMemory(Map.of(), Map.of(), Optional.empty(), Optional.empty(), PauseModel.untaught());

    ScalingMemory {
        stages = Map.copyOf(stages);
        counts = Map.copyOf(counts);
    }

    /**
     * A scaling of ours.
     *
     * @param from counts before, {@code to} after; of the stages that change
     * @param capacities records per second of a stage before
     * @param arrived when the new counts were first seen at work
     */
    record Trial(
            Instant asked,
            Map<String, Integer> from,
            Map<String, Integer> to,
            Map<String, Double> capacities,
            Optional<Instant> arrived) {
        Trial {
            from = Map.copyOf(from);
            to = Map.copyOf(to);
            capacities = Map.copyOf(capacities);
        }
    }

    StageMemory stage(String name) {
        return stages.getOrDefault(name, StageMemory.EMPTY);
    }

    Map<String, Ceiling> ceilings(Instant now) {
        Map<String, Ceiling> holding = new HashMap<>();
        stages.forEach((name, memory) -> memory.ceiling()
                .filter(ceiling -> ceiling.holds(now))
                .ifPresent(ceiling -> holding.put(name, ceiling)));
        return holding;
    }

    ScalingMemory withStage(String name, UnaryOperator<StageMemory> change) {
        Map<String, StageMemory> changed = new HashMap<>(stages);
        changed.put(name, change.apply(stage(name)));
        return new ScalingMemory(changed, counts, lastScaling, trial, pauses);
    }

    ScalingMemory withoutWishes() {
        Map<String, StageMemory> changed = new HashMap<>(stages);
        changed.replaceAll((_, memory) -> memory.withoutWishes());
        return new ScalingMemory(changed, counts, lastScaling, trial, pauses);
    }

    ScalingMemory withCounts(Map<String, Integer> seen) {
        return new ScalingMemory(stages, seen, lastScaling, trial, pauses);
    }

    ScalingMemory scaledAt(Instant when) {
        return new ScalingMemory(stages, counts, Optional.of(when), trial, pauses);
    }

    ScalingMemory withTrial(Optional<Trial> present) {
        return new ScalingMemory(stages, counts, lastScaling, present, pauses);
    }

    ScalingMemory withPauses(PauseModel taught) {
        return new ScalingMemory(stages, counts, lastScaling, trial, taught);
    }
}
