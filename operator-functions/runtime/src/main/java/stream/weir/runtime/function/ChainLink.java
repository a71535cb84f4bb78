package stream.weir.runtime.function;

/** An operator that is its predecessor's output, so that a record goes from step to step by one call. */
interface ChainLink extends Operator, Output {
    @Override
    void process(int input, Object value, long timestamp);

    @Override
    default void emit(Object value, long timestamp) {
        process(0, value, timestamp);
    }
}
