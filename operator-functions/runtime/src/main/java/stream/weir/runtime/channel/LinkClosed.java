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
    static Message<Frame> goodbye(String pipeline, long run, Link link) {
        return message(new Frame(pipeline, run, link, -1, new Frame.End()), Optional.empty());
    }

    /** What a transport says when a link has broken: of no pipeline and no run, as it counts for all. */
    public static Message<Frame> lost(Link link, Throwable error) {
        return message(new Frame("", -1, link, -1, new Frame.End()), Optional.of(error));
    }

    private static Message<Frame> message(Frame frame, Optional<Throwable> error) {
        return Message.of(frame, List.of(new LinkClosed(error)));
    }

    /** Whether the message is the last one of its link, and how it ended. */
    public static Optional<LinkClosed> in(Message<?> message, Frame frame) {
        // Looked for only where it can be, as this is asked for every frame.
        return frame.content() instanceof Frame.End ? message.getMetadata(LinkClosed.class) : Optional.empty();
    }
}
