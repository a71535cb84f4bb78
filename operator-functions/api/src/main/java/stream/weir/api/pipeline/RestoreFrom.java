package stream.weir.api.pipeline;

/**
 * Where a pipeline starts from instead of its newest checkpoint.
 *
 * @param allowDroppedState whether state that no stage claims may be left behind
 */
public record RestoreFrom(Kind kind, String reference, boolean allowDroppedState) {
    public enum Kind {
        CHECKPOINT,
        SAVEPOINT,
        URI
    }
}
