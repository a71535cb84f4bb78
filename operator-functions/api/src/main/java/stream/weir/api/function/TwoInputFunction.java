package stream.weir.api.function;

/** Two keyed inputs that share their keys, state and timers. */
public interface TwoInputFunction<K, L, R, O> extends AutoCloseable {
    /** Called once before the first record; declares all state. */
    void open(StateDeclarations states) throws Exception;

    void processLeft(L value, KeyedContext<K> context, Collector<O> out) throws Exception;

    void processRight(R value, KeyedContext<K> context, Collector<O> out) throws Exception;

    default void onTimer(long time, TimeDomain domain, KeyedContext<K> context, Collector<O> out) throws Exception {}

    @Override
    default void close() throws Exception {}
}
