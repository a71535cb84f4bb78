package stream.weir.runtime.channel.connector;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.reactive.messaging.Message;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.Link;
import stream.weir.runtime.channel.DemandQueue;
import stream.weir.runtime.channel.LinkClosedException;

/** Where the links of one receiving end come together; completes when all of them are closed. Bounded by their credit. */
final class MemoryReceivingEnd implements Flow.Publisher<Message<Frame>> {
    private final DemandQueue<Message<Frame>> queue = new DemandQueue<>(MemoryReceivingEnd::refuse, () -> {});
    private final Set<Link> open;

    private MemoryReceivingEnd(Set<Link> open) {
        this.open = open;
    }

    static MemoryReceivingEnd of(Set<Link> links) {
        Set<Link> open = ConcurrentHashMap.newKeySet();
        open.addAll(links);
        return new MemoryReceivingEnd(open);
    }

    @Override
    public void subscribe(Flow.Subscriber<? super Message<Frame>> subscriber) {
        queue.subscribe(subscriber);
    }

    void put(Message<Frame> message) {
        queue.put(message);
    }

    /** The link's last message; only the first counts. */
    void putLast(Link link, Message<Frame> message) {
        if (open.contains(link)) {
            queue.put(message);
            // Two links may be closed at once by two threads: the one that empties the set completes.
            if (open.remove(link) && open.isEmpty()) {
                queue.complete();
            }
        }
    }

    private static void refuse(Message<Frame> message) {
        Link link = message.getPayload().link();
        message.nack(new LinkClosedException(link, "the reading end in this process was closed"));
    }
}
