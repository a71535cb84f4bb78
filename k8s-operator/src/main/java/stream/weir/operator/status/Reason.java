package stream.weir.operator.status;

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

    /** As Kubernetes spells reasons: {@code StagesNotReady}. */
    default String word() {
        StringBuilder word = new StringBuilder();
        for (String part : name().split("_")) {
            word.append(part.charAt(0)).append(part.substring(1).toLowerCase(java.util.Locale.ROOT));
        }
        return word.toString();
    }
}
