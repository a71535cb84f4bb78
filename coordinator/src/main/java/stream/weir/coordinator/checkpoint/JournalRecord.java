package stream.weir.coordinator.checkpoint;

/**
 * A line in the journal of runs. Lines are created once, in order and without gaps: whoever writes the next one excludes every
 * earlier leader, as that one could only go on there.
 */
public sealed interface JournalRecord permits RunRecord, TakeoverRecord {
    String pipeline();

    /** Its place in the journal, from 1. */
    long sequence();

    /** The run that goes on, or begins, with this line. */
    long presentRun();

    /** The term that wrote it. */
    long term();
}
