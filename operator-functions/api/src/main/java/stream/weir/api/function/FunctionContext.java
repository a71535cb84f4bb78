package stream.weir.api.function;

/** What a function without a key may ask while it processes a record. */
public interface FunctionContext {
    /** Event time of the record or timer in milliseconds since the epoch; {@link Long#MIN_VALUE} where it has none. */
    long timestamp();

    /** The event time up to which the input is complete, in milliseconds; {@link Long#MIN_VALUE} before the first watermark. */
    long watermark();

    /** Wall-clock time in milliseconds; the only clock a function should use. */
    long processingTime();

    /** Emits to a side output that the stage declares. */
    <T> void emit(SideOutput<T> output, T value);

    /** Index of this replica, from 0. */
    int replica();
}
