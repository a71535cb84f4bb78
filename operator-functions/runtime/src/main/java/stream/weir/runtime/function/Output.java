package stream.weir.runtime.function;

/** Takes a record from an operator: the next operator, the stage's outgoing edges, or its sink. */
@FunctionalInterface
public interface Output {
    /** @param timestamp event time in milliseconds, {@link Long#MIN_VALUE} where the record has none */
    void emit(Object value, long timestamp);
}
