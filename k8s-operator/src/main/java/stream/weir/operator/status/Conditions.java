package stream.weir.operator.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.util.List;
import stream.weir.kubernetes.resource.Transitions;

/** Makes conditions of verdicts: the time of the last change stays when the status stays. */
public final class Conditions {
    /** Messages are for people; the API server takes more, people do not. */
    private static final int LONGEST = 8_000;

    private Conditions() {}

    /** @param before conditions that stand there now; may be empty at any time */
    public static List<Condition> of(List<Verdict> verdicts, List<Condition> before, long generation, Instant now) {
        return verdicts.stream()
                .map(verdict -> new ConditionBuilder()
                        .withType(verdict.type().word())
                        .withStatus(verdict.truth().word())
                        .withReason(verdict.reason().word())
                        .withMessage(shortened(verdict.message()))
                        .withObservedGeneration(generation)
                        .withLastTransitionTime(Transitions.time(
                                verdict.type().word(), verdict.truth().word(), before, now))
                        .build())
                .toList();
    }

    private static String shortened(String message) {
        return message.length() <= LONGEST ? message : message.substring(0, LONGEST - 1) + "…";
    }
}
