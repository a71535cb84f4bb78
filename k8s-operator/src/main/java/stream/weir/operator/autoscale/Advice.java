package stream.weir.operator.autoscale;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stream.weir.operator.autoscale.Evaluation.StageWish;
import stream.weir.operator.autoscale.ScalingCondition.Status;
import stream.weir.operator.autoscale.ScalingCondition.Type;

/** Says in words what was found and decided. */
final class Advice {
    private final PauseModel pauses;
    private final Map<String, Long> stateBytes;

    Advice(PauseModel pauses, Map<String, Long> stateBytes) {
        this.pauses = pauses;
        this.stateBytes = stateBytes;
    }

    /** Of a stage about which nothing can be said now. */
    static StageAdvice unknown(String stage, ScalingMode mode, int replicas, ScalingReason reason, String message) {
        ScalingReason why = mode == ScalingMode.OFF ? ScalingReason.OFF : reason;
        String text = mode == ScalingMode.OFF ? why.sentence() : message;
        return new StageAdvice(
                stage,
                mode,
                replicas,
                replicas,
                why,
                text,
                Optional.empty(),
                Duration.ZERO,
                List.of(
                        new ScalingCondition(Type.AUTOSCALING_ACTIVE, Status.FALSE, why, text),
                        new ScalingCondition(Type.SCALING_LIMITED, Status.UNKNOWN, why, text)));
    }

    StageAdvice of(StageWish wish, Decider.Choice choice) {
        Optional<ScalingReason> hold = Optional.ofNullable(choice.holds().get(wish.stage()));
        String message = message(wish, choice);
        return new StageAdvice(
                wish.stage(),
                wish.mode(),
                wish.replicas(),
                wish.mode() == ScalingMode.OFF ? wish.replicas() : wish.wish(),
                wish.mode() == ScalingMode.OFF ? ScalingReason.OFF : wish.reason(),
                message,
                wish.ask().utilization(),
                pause(wish),
                List.of(active(wish, message), limited(wish, choice, hold)));
    }

    private Duration pause(StageWish wish) {
        boolean change = wish.wish() != wish.replicas() && wish.mode() != ScalingMode.OFF;
        return change
                ? pauses.predicted(Map.of(wish.stage(), wish.replicas()), Map.of(wish.stage(), wish.wish()), stateBytes)
                : Duration.ZERO;
    }

    private static String message(StageWish wish, Decider.Choice choice) {
        List<String> sentences = new ArrayList<>();
        sentences.add(wish.ask().why());
        if (wish.wish() != wish.replicas()) {
            sentences.add(wish.wish() + " replicas instead of " + wish.replicas());
        }
        Optional.ofNullable(choice.holds().get(wish.stage())).ifPresent(hold -> sentences.add(hold.sentence()));
        wish.ask().limit().ifPresent(limit -> sentences.add(limitText(wish, limit)));
        return String.join(". ", sentences.stream().map(Advice::withoutStop).toList()) + ".";
    }

    private static ScalingCondition active(StageWish wish, String message) {
        return switch (wish.mode()) {
            case AUTO ->
                new ScalingCondition(
                        Type.AUTOSCALING_ACTIVE,
                        wish.reason() == ScalingReason.NO_PROGRESS ? Status.FALSE : Status.TRUE,
                        wish.reason(),
                        message);
            case RECOMMEND ->
                new ScalingCondition(Type.AUTOSCALING_ACTIVE, Status.FALSE, ScalingReason.RECOMMENDING, message);
            case OFF ->
                new ScalingCondition(
                        Type.AUTOSCALING_ACTIVE, Status.FALSE, ScalingReason.OFF, ScalingReason.OFF.sentence());
        };
    }

    private static ScalingCondition limited(StageWish wish, Decider.Choice choice, Optional<ScalingReason> hold) {
        Optional<ScalingReason> limit = wish.ask().limit();
        if (limit.isPresent()) {
            return limited(limit.get(), limitText(wish, limit.get()));
        }
        if (wish.outOfBounds()) {
            return limited(wish.reason(), wish.reason().sentence());
        }
        if (hold.filter(ScalingReason::limits).isPresent()) {
            return limited(hold.get(), hold.get().sentence());
        }
        int applied = choice.apply().getOrDefault(wish.stage(), wish.wish());
        if (applied != wish.wish()) {
            return limited(
                    ScalingReason.STEP_LIMITED,
                    wish.wish() + " replicas are wanted, one step from " + wish.replicas() + " goes to " + applied);
        }
        ScalingReason none = ScalingReason.NOT_LIMITED;
        return new ScalingCondition(Type.SCALING_LIMITED, Status.FALSE, none, none.sentence());
    }

    private static ScalingCondition limited(ScalingReason reason, String message) {
        return new ScalingCondition(Type.SCALING_LIMITED, Status.TRUE, reason, message);
    }

    private static String limitText(StageWish wish, ScalingReason limit) {
        return limit == wish.limits().reason()
                ? limit.sentence() + " " + wish.limits().why()
                : limit.sentence();
    }

    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}
