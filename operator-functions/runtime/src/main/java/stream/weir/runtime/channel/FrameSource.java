package stream.weir.runtime.channel;

/** The receiving end of a channel: all links of an edge that lead to this replica. */
public interface FrameSource {
    /**
     * Starts the flow; once only.
     *
     * @throws IllegalStateException when there is a listener already
     */
    void subscribe(FrameListener listener);

    /**
     * Stops reading: senders see their links closed. The listener may still be called for what is under way on other threads.
     */
    void close();
}
