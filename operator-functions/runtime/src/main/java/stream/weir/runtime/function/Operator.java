package stream.weir.runtime.function;

/**
 * One step of a replica's chain. Called on the replica's thread only. Exceptions other than those that the step's error policy
 * swallows end the run.
 */
public interface Operator extends AutoCloseable {
    /** Called once before all else; state of the restored checkpoint is there already. */
    void open(OperatorContext context) throws Exception;

    /**
     * Processes a record of the key that {@code context.key()} shows.
     *
     * @param input index of the stage's input it came from; 0 for all but the first operator
     */
    void process(int input, Object value, long timestamp) throws Exception;

    /** Event time is complete up to {@code watermark}; emits what is due before the next operator is told. */
    default void advanceWatermark(long watermark) throws Exception {}

    /** The wall clock has come to {@code now}, milliseconds; called at least each 100 ms or so. */
    default void advanceProcessingTime(long now) throws Exception {}

    /** All inputs have ended; the last watermark, {@link Long#MAX_VALUE}, has been processed. */
    default void endOfInput() throws Exception {}

    /** A snapshot is about to be taken: what is under way elsewhere must come home first. */
    default void beforeSnapshot() throws Exception {}

    @Override
    default void close() throws Exception {}
}
