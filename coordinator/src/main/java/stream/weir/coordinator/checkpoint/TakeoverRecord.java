package stream.weir.coordinator.checkpoint;

/**
 * A new leader goes on with a run. It takes the place in the journal under which the leader before it would open its next run.
 *
 * @param continues the run that goes on
 */
public record TakeoverRecord(String pipeline, long sequence, long continues, long term) implements JournalRecord {
    @Override
    public long presentRun() {
        return continues;
    }
}
