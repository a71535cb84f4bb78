package stream.weir.api.function;

/** One record in, any number out; keeps no state that survives. */
@FunctionalInterface
public interface ProcessFunction<I, O> extends AutoCloseable {
    /** Called once before the first record. */
    default void open() throws Exception {}

    void process(I value, FunctionContext context, Collector<O> out) throws Exception;

    @Override
    default void close() throws Exception {}
}
