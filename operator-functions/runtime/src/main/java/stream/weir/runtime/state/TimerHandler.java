package stream.weir.runtime.state;

/** Is told of due timers; the current key is that of the timer. */
@FunctionalInterface
public interface TimerHandler {
    /** @param time what the timer was set to, in milliseconds since the epoch; it is not set any more */
    void onTimer(long time) throws Exception;
}
