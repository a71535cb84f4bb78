package stream.weir.coordinator.loop;

/** The loop's thread, for those that work beside it. Any thread. */
interface LoopThread {
    /** To the loop's thread, unless it is closed. */
    void post(Runnable task);

    /** Whether nothing is to be done any more. */
    boolean isClosed();
}
