package stream.weir.transport;

import java.util.concurrent.Flow;
import org.eclipse.microprofile.reactive.messaging.Message;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.Link;
import stream.weir.runtime.channel.DemandQueue;
import stream.weir.runtime.channel.LinkClosedException;

/** Where the links of one channel come together. Lives as long as the process; bounded by the credit of its links. */
final class ReceivingSide implements Flow.Publisher<Message<Frame>> {
    private final DemandQueue<Message<Frame>> queue = new DemandQueue<>(ReceivingSide::refuse, () -> {});

    @Override
    public void subscribe(Flow.Subscriber<? super Message<Frame>> subscriber) {
        queue.subscribe(subscriber);
    }

    void put(Message<Frame> message) {
        queue.put(message);
    }

    private static void refuse(Message<Frame> message) {
        Link link = message.getPayload().link();
        message.nack(new LinkClosedException(link, "the reading end in this process was closed"));
    }
}
