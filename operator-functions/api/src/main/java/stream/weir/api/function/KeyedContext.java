package stream.weir.api.function;

/** What a keyed function may ask, and its timers. A timer belongs to the present key; setting it twice sets it once. */
public interface KeyedContext<K> extends FunctionContext {
    K key();

    /**
     * Calls {@code onTimer} when the watermark reaches {@code time} (milliseconds since the epoch). At the end of bounded input
     * the watermark is {@link Long#MAX_VALUE}, and timers fire however far ahead they are: a function whose timer sets the next
     * one for ever has to look at {@link #watermark()} and stop then.
     */
    void setEventTimer(long time);

    void deleteEventTimer(long time);

    /** Calls {@code onTimer} when the wall clock reaches {@code time} (milliseconds since the epoch). */
    void setProcessingTimer(long time);

    void deleteProcessingTimer(long time);
}
