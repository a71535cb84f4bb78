package stream.weir.runtime.channel;

import java.util.Optional;
import org.eclipse.microprofile.reactive.messaging.Message;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.Link;

/**
 * Takes what comes out of a channel. Called on any thread, but never by two at once for one channel; must not block. Its use is
 * to put things into a replica's mailbox.
 */
public interface FrameListener {
    /**
     * The next frame of a link. {@code message.ack()}, once the frame is consumed, gives its credit back to the sender; {@code
     * message.nack(...)} closes the link.
     */
    void onFrame(Link link, Message<Frame> message);

    /**
     * Nothing more comes from this link. Called once per link.
     *
     * @param error empty when the sender has said goodbye; otherwise why the link was lost, or why its frames are refused
     */
    void onClosed(Link link, Optional<Throwable> error);
}
