package stream.weir.runtime.function;

/**
 * One step of a replica's chain. Called on the replica's thread only. Exceptions other than those that the step's error policy
 * swallows end the run.
 */
public interface Operator extends AutoCloseable {
    /** Called once before all else; state of the restored checkpoint is there already. */
    default void open() throws Exception {}

    /**
     * Processes a record of the key that {@code context.key()} shows.
     *
     * @param input index of the stage's input it came from; 0 for all but the first operator
     * @param timestamp event time in milliseconds, {@link Long#MIN_VALUE} where the record has none
     */
    void process(int input, Object value, long timestamp) throws Exception;

    /** Event time is complete up to {@code watermark}; emits what is due before the next operator is told. */
    default void advanceWatermark(long watermark) throws Exception {}

    /**
     * What the next operator may be told: no record that comes out from now on will be behind it, unless one came in behind its
     * own watermark. Depends on {@code watermark} alone, except while calls of the operator are under way elsewhere.
     *
     * @param watermark the greatest one that this operator was told
     * @return at most {@code watermark}; never less than it returned before
     */
    default long outputWatermark(long watermark) {
        return watermark;
    }

    /** The wall clock has come to {@code now}, milliseconds; called at least each 100 ms or so. */
    default void advanceProcessingTime(long now) throws Exception {}

    /** Takes in what came home since; called soon after {@link OperatorContext#wakeUp()}. */
    default void drain() throws Exception {}

    /** All inputs have ended; the last watermark, {@link Long#MAX_VALUE}, has been processed. */
    default void endOfInput() throws Exception {}

    /** A snapshot is about to be taken: what is under way elsewhere must come home first. */
    default void beforeSnapshot() throws Exception {}

    @Override
    default void close() throws Exception {}
}
