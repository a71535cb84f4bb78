package stream.weir.runtime.channel.connector;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;
import org.eclipse.microprofile.reactive.messaging.Message;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.Link;

/**
 * Connects the links of one job inside one process: the message that the sender has emitted is the one that the reader
 * acknowledges, and the frame is never copied. One object per job; ends may be connected in any order, each once.
 */
public final class MemoryTransport implements Transport {
    /** Value of the connector's attribute {@code transport}. */
    public static final String NAME = "memory";

    private final String pipeline;
    private final Map<ReceivingEnd, MemoryReceivingEnd> receiving;
    private final Map<SendingEnd, Set<Link>> sending;

    private MemoryTransport(
            String pipeline, Map<ReceivingEnd, MemoryReceivingEnd> receiving, Map<SendingEnd, Set<Link>> sending) {
        this.pipeline = pipeline;
        this.receiving = receiving;
        this.sending = sending;
    }

    /**
     * @param links all links of the job
     */
    public static MemoryTransport connecting(String pipeline, Collection<Link> links) {
        Map<ReceivingEnd, MemoryReceivingEnd> receiving = new LinkedHashMap<>();
        links.stream()
                .collect(Collectors.groupingBy(ReceivingEnd::of, LinkedHashMap::new, Collectors.toSet()))
                .forEach((end, its) -> receiving.put(end, MemoryReceivingEnd.of(its)));
        Map<SendingEnd, Set<Link>> sending = links.stream()
                .collect(Collectors.groupingBy(SendingEnd::of, LinkedHashMap::new, Collectors.toUnmodifiableSet()));
        return new MemoryTransport(pipeline, receiving, sending);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String pipeline() {
        return pipeline;
    }

    @Override
    public Flow.Publisher<Message<Frame>> publisher(ReceivingEnd end) {
        return known(receiving, end);
    }

    @Override
    public Flow.Subscriber<Message<Frame>> subscriber(SendingEnd end) {
        Map<Link, MemoryReceivingEnd> routes = known(sending, end).stream()
                .collect(Collectors.toMap(link -> link, link -> known(receiving, ReceivingEnd.of(link))));
        return new MemorySendingEnd(routes);
    }

    private <K, V> V known(Map<K, V> ends, K end) {
        V found = ends.get(end);
        if (found == null) {
            throw new IllegalArgumentException(
                    "pipeline " + pipeline + " has no " + end + " in this process; it has " + ends.keySet());
        }
        return found;
    }
}
