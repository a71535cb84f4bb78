package stream.weir.operator.status;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A word that programs and people can look for: stands in conditions, events, logs and metrics as {@link #word}. */
public sealed interface Reason
        permits ReadyReason,
                ReconcilingReason,
                StalledReason,
                CheckpointReason,
                RestorableReason,
                CompatibilityReason,
                EventReason {
    /** The constant's name: {@code STAGES_NOT_READY}. */
    String name();

    /** The one that is spelled so. */
    static <R extends Reason> Optional<R> spelled(String word, R[] among) {
        return Arrays.stream(among).filter(one -> one.word().equals(word)).findFirst();
    }

    /** As Kubernetes spells reasons: {@code StagesNotReady}. */
    default String word() {
        StringBuilder word = new StringBuilder();
        for (String part : name().split("_")) {
            word.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
        }
        return word.toString();
    }
}
