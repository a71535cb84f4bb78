package stream.weir.runtime.channel;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.Link;

/**
 * Metadata of the first message of a link in a run, which says that frames may come: a transport can connect before there are
 * any. Such a message is no frame of the stream: its payload is there to name pipeline, run and link, its sequence number is -1,
 * and it takes no credit. Its negative acknowledgement, at any time, closes the link, as that of a frame does.
 *
 * @param creditBytes of the link, as its sender has it
 */
public record LinkOpened(long creditBytes) {
    static Message<Frame> message(
            Frame named, long creditBytes, BiFunction<Throwable, Metadata, CompletionStage<Void>> nack) {
        return Message.of(named, List.of(new LinkOpened(creditBytes))).withNackWithMetadata(nack);
    }

    /** Whether the message is the first one of its link in a run. */
    public static Optional<LinkOpened> in(Message<?> message, Frame frame) {
        // Looked for only where it can be, as this is asked for every frame.
        return frame.sequence() < 0 ? message.getMetadata(LinkOpened.class) : Optional.empty();
    }

    /** Names a link in messages that are no frames of the stream. */
    static Frame naming(String pipeline, long run, Link link) {
        return new Frame(pipeline, run, link, -1, new Frame.End());
    }
}
