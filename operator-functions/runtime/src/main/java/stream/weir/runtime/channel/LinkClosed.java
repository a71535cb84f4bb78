package stream.weir.runtime.channel;

import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.reactive.messaging.Message;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.Link;

/**
 * Metadata of the last message of a link, which says that nothing more comes from it. Such a message is no frame of the stream:
 * its payload is there to name pipeline, run and link, its sequence number is -1, and it takes no credit.
 *
 * @param error empty for a goodbye, otherwise why the link was lost
 */
public record LinkClosed(Optional<Throwable> error) {
    /** What a sender says after its last frame. */
    public static Message<Frame> goodbye(String pipeline, long run, Link link) {
        return message(LinkOpened.naming(pipeline, run, link), Optional.empty());
    }

    /** What a transport says when a link has broken: of no pipeline and no run, as it counts for all. */
    public static Message<Frame> lost(Link link, Throwable error) {
        return message(LinkOpened.naming("", -1, link), Optional.of(error));
    }

    /** As {@link #lost(Link, Throwable)}, for a link of one run: it changes nothing in another. */
    public static Message<Frame> lost(String pipeline, long run, Link link, Throwable error) {
        return message(LinkOpened.naming(pipeline, run, link), Optional.of(error));
    }

    private static Message<Frame> message(Frame frame, Optional<Throwable> error) {
        return Message.of(frame, List.of(new LinkClosed(error)));
    }

    /** Whether the message is the last one of its link, and how it ended. */
    public static Optional<LinkClosed> in(Message<?> message, Frame frame) {
        // Looked for only where it can be, as this is asked for every frame.
        return frame.sequence() < 0 ? message.getMetadata(LinkClosed.class) : Optional.empty();
    }
}
