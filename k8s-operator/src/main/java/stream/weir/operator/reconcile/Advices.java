package stream.weir.operator.reconcile;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import stream.weir.kubernetes.resource.StreamStage;
import stream.weir.kubernetes.resource.Transitions;
import stream.weir.operator.autoscale.ScalingCondition;
import stream.weir.operator.autoscale.StageAdvice;

/** What the autoscaler says, in the words of statuses. */
final class Advices {
    private Advices() {}

    static List<Condition> conditions(StageAdvice advice, StreamStage record, Instant now) {
        List<Condition> before = Optional.ofNullable(record.getStatus())
                .flatMap(status -> Optional.ofNullable(status.conditions()))
                .orElse(List.of());
        return advice.conditions().stream()
                .map(condition -> condition(condition, record, before, now))
                .toList();
    }

    /** {@code WithinTarget} of {@code WITHIN_TARGET}. */
    static String word(Enum<?> reason) {
        StringBuilder word = new StringBuilder();
        for (String part : reason.name().split("_")) {
            word.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
        }
        return word.toString();
    }

    private static Condition condition(ScalingCondition said, StreamStage record, List<Condition> before, Instant now) {
        Optional<Condition> same = before.stream()
                .filter(condition -> condition.getType().equals(said.type().word())
                        && condition.getStatus().equals(said.status().word()))
                .findFirst();
        String reason = word(said.reason());
        // Figures in the message change every few seconds: the status is written anew when the reason does.
        String message = same.filter(condition -> condition.getReason().equals(reason))
                .map(Condition::getMessage)
                .orElse(said.message());
        return new ConditionBuilder()
                .withType(said.type().word())
                .withStatus(said.status().word())
                .withReason(reason)
                .withMessage(message)
                .withObservedGeneration(record.getMetadata().getGeneration())
                .withLastTransitionTime(
                        Transitions.time(said.type().word(), said.status().word(), before, now))
                .build();
    }
}
