package stream.weir.operator.autoscale;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import stream.weir.operator.autoscale.Evaluation.StageWish;

/**
 * Decides from what the load asks for, and what was before, which counts to set now. A function of its arguments.
 *
 * <p>Scaling up waits until more has been wished for without a break, and then takes the newest wish, as all figures are of the new
 * load by then. Scaling down takes the most that was wished for in its window. Every scaling makes the whole pipeline pause, so that
 * all stages that wish for more go along with the first that may.
 */
final class Decider {
    private Decider() {}

    /**
     * @param apply counts to set now, by stage
     * @param holds why a stage that wishes for another count does not get it now
     */
    record Choice(Map<String, Integer> apply, Map<String, ScalingReason> holds, ScalingMemory memory) {}

    static Choice choose(Evaluation evaluation, ScalingMemory before, Instant now) {
        ScalingMemory memory = before;
        for (StageWish wish : evaluation.stages().values()) {
            memory = memory.withStage(wish.stage(), stage -> stage.with(now, wish.wish(), longest(wish.settings())));
        }
        Map<String, ScalingReason> holds = new HashMap<>();
        Map<String, Integer> ready = new HashMap<>();
        Map<String, Integer> goAlong = new HashMap<>();
        for (StageWish wish : evaluation.stages().values()) {
            Turn turn = turn(wish, memory, now);
            turn.hold().ifPresent(reason -> holds.put(wish.stage(), reason));
            if (turn.count() != wish.replicas() && wish.mode() == ScalingMode.AUTO) {
                (turn.hold().isEmpty() ? ready : goAlong).put(wish.stage(), turn.count());
            }
        }
        if (ready.isEmpty()) {
            return new Choice(Map.of(), holds, memory);
        }
        ready.putAll(goAlong);
        holds.keySet().removeAll(ready.keySet());
        Map<String, Integer> apply = evenInGroups(ready, evaluation);
        return new Choice(apply, holds, remembered(apply, evaluation, memory, now));
    }

    /**
     * @param count that the stage gets if the pipeline is scaled now
     * @param hold why that alone is no reason to scale
     */
    private record Turn(int count, Optional<ScalingReason> hold) {}

    private static Turn turn(StageWish wish, ScalingMemory memory, Instant now) {
        ScalingSettings settings = wish.settings();
        int count = wish.replicas();
        StageMemory stage = memory.stage(wish.stage());
        if (wish.outOfBounds()) {
            return new Turn(wish.wish(), Optional.empty());
        }
        if (wish.wish() > count) {
            int most = (int) Math.max(count + 1, Math.floor(count * settings.maxScaleUpFactor()));
            boolean longEnough = stage.aboveFor(settings.scaleUpWindow(), count, now);
            return new Turn(
                    Math.min(wish.wish(), most), hold(longEnough, isCool(settings.scaleUpCooldown(), memory, now)));
        }
        int fewer = stage.mostIn(settings.scaleDownWindow(), now).orElse(count);
        if (fewer < count) {
            int least = (int) Math.min(count - 1, Math.ceil(count * settings.maxScaleDownFactor()));
            boolean cool = isCool(settings.scaleDownCooldown(), memory, now);
            return cool
                    ? new Turn(Math.max(fewer, least), Optional.empty())
                    : new Turn(count, Optional.of(ScalingReason.COOLDOWN));
        }
        return new Turn(count, wish.wish() < count ? Optional.of(ScalingReason.WAITING) : Optional.empty());
    }

    private static Optional<ScalingReason> hold(boolean longEnough, boolean cool) {
        if (!longEnough) {
            return Optional.of(ScalingReason.WAITING);
        }
        return cool ? Optional.empty() : Optional.of(ScalingReason.COOLDOWN);
    }

    private static boolean isCool(Duration cooldown, ScalingMemory memory, Instant now) {
        return memory.lastScaling()
                .map(last -> !now.isBefore(last.plus(cooldown)))
                .orElse(true);
    }

    /** Stages that are connected by forward get the same count, whichever of them has the stricter settings. */
    private static Map<String, Integer> evenInGroups(Map<String, Integer> ready, Evaluation evaluation) {
        Map<String, Integer> even = new HashMap<>();
        ready.keySet().forEach(name -> {
            StageWish wish = Objects.requireNonNull(evaluation.stages().get(name));
            int count = wish.tiedTo().stream()
                    .mapToInt(member -> ready.getOrDefault(member, wish.replicas()))
                    .max()
                    .orElse(wish.replicas());
            if (count != wish.replicas()) {
                wish.tiedTo().forEach(member -> even.put(member, count));
            }
        });
        return even;
    }

    private static ScalingMemory remembered(
            Map<String, Integer> apply, Evaluation evaluation, ScalingMemory memory, Instant now) {
        if (apply.isEmpty()) {
            return memory;
        }
        Map<String, Integer> from = new HashMap<>();
        Map<String, Double> capacities = new HashMap<>();
        apply.keySet().forEach(name -> {
            StageWish wish = Objects.requireNonNull(evaluation.stages().get(name));
            from.put(name, wish.replicas());
            capacities.put(name, wish.ask().capacity());
        });
        return memory.scaledAt(now)
                .withTrial(Optional.of(new ScalingMemory.Trial(now, from, apply, capacities, Optional.empty())));
    }

    private static Duration longest(ScalingSettings settings) {
        return settings.scaleDownWindow().compareTo(settings.scaleUpWindow()) > 0
                ? settings.scaleDownWindow()
                : settings.scaleUpWindow();
    }
}
