package stream.weir.api.function;

/** Takes what a function emits. The value is encoded, or handed to the next step, before the call returns. */
public interface Collector<O> {
    /** Emits with the time of the record or timer being processed. */
    void emit(O value);

    /** @param timestamp event time in milliseconds since the epoch */
    void emit(O value, long timestamp);
}
