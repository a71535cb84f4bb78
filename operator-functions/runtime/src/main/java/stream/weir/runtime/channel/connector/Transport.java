package stream.weir.runtime.channel.connector;

import java.util.concurrent.Flow;
import org.eclipse.microprofile.reactive.messaging.Message;
import stream.weir.protocol.frame.Frame;

/**
 * Brings frames from sending ends to receiving ends. The contract: frames of a link arrive in order; a message's
 * acknowledgement by the reader becomes one by the transport at the sender, and so does a negative one; the last message of a
 * link is a {@link stream.weir.runtime.channel.LinkClosed}; nothing is buffered beyond what the links' credit lets through.
 */
public interface Transport {
    /** Value of the connector's attribute {@code transport}. */
    String name();

    /** Which pipeline's frames it carries. */
    String pipeline();

    /**
     * The frames of all links that lead to a receiving end.
     *
     * @throws IllegalArgumentException when there is no such end, naming those that there are
     */
    Flow.Publisher<Message<Frame>> publisher(ReceivingEnd end);

    /**
     * Takes the frames of all links that lead from a sending end.
     *
     * @throws IllegalArgumentException when there is no such end, naming those that there are
     */
    Flow.Subscriber<Message<Frame>> subscriber(SendingEnd end);
}
