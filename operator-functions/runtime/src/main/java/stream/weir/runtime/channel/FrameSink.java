package stream.weir.runtime.channel;

import stream.weir.protocol.frame.Frame;

/**
 * The sending end of one link. All methods but the wake-up belong to the sending replica's thread.
 *
 * <p>What is on its way, not yet consumed by the reader, never exceeds the link's credit, with one exception: a frame larger
 * than the whole credit passes alone, when nothing else is on its way, so that it never blocks for ever.
 */
public interface FrameSink {
    /**
     * Sends the frame if there is credit and demand for it now. After {@code false} nothing was taken, and the wake-up runs as
     * soon as another attempt makes sense.
     *
     * @throws LinkClosedException when the other side has closed or refused the link
     * @throws IllegalStateException after {@link #close}
     */
    boolean offer(Frame frame);

    /**
     * Whether the frame that was refused last could be sent now, or a control frame where the last one was taken. After {@code
     * false} the wake-up runs as soon as it can. Also true when the other side has closed the link: {@link #offer} says why then.
     */
    boolean writable();

    /**
     * What to do when the link may be writable again or was closed by the other side. Runs on any thread, so it should do no
     * more than put a task into the replica's mailbox; it may run without need. To be set before the first offer.
     */
    void onWritable(Runnable wakeUp);

    /** Says goodbye: the reader sees it after all frames that were sent. Without effect when closed already. */
    void close();
}
