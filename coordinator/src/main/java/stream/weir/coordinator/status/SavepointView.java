package stream.weir.coordinator.status;

/**
 * What became of a savepoint that somebody asked for.
 *
 * @param checkpoint that it is a copy of; 0 where it failed
 * @param detail why it failed
 */
public record SavepointView(String name, long atMillis, Status status, long checkpoint, String detail) {
    /** How it ended. */
    public enum Status {
        MADE,
        FAILED
    }
}
