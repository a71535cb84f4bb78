package stream.weir.api.function;

/** Records of one key after the other, with state and timers for each key. */
public interface KeyedProcessFunction<K, I, O> extends AutoCloseable {
    /** Called once before the first record; declares all state. */
    void open(StateDeclarations states) throws Exception;

    void process(I value, KeyedContext<K> context, Collector<O> out) throws Exception;

    /** A timer of the context's key is due; {@code context.timestamp()} is its time. */
    default void onTimer(long time, TimeDomain domain, KeyedContext<K> context, Collector<O> out) throws Exception {}

    /** All inputs have ended, for good; called without a key, after the last timers. Not called when a job is stopped. */
    default void endOfInput(Collector<O> out) throws Exception {}

    @Override
    default void close() throws Exception {}
}
