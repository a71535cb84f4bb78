package stream.weir.runtime.channel.connector;

import static io.smallrye.reactive.messaging.annotations.ConnectorAttribute.Direction.INCOMING;
import static io.smallrye.reactive.messaging.annotations.ConnectorAttribute.Direction.INCOMING_AND_OUTGOING;
import static io.smallrye.reactive.messaging.annotations.ConnectorAttribute.Direction.OUTGOING;

import io.smallrye.reactive.messaging.annotations.ConnectorAttribute;
import io.smallrye.reactive.messaging.connector.InboundConnector;
import io.smallrye.reactive.messaging.connector.OutboundConnector;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import stream.weir.protocol.frame.Frame;

/**
 * The connector {@code weir}: a channel is one end of an edge, its items are {@code Message<Frame>}. The transport is a bean of
 * whoever runs the job; the connector itself keeps nothing.
 */
@Dependent
@Connector(WeirConnector.NAME)
@ConnectorAttribute(
        name = "pipeline",
        type = "string",
        direction = INCOMING_AND_OUTGOING,
        mandatory = true,
        description = "Name of the pipeline; frames of another one are refused")
@ConnectorAttribute(
        name = "stage",
        type = "string",
        direction = INCOMING_AND_OUTGOING,
        mandatory = true,
        description = "Stage that this end of the edge belongs to")
@ConnectorAttribute(
        name = "replica",
        type = "int",
        direction = INCOMING_AND_OUTGOING,
        description =
                "Replica of the stage, from 0; left out where the coordinator assigns it, which is with transport tcp")
@ConnectorAttribute(
        name = "from",
        type = "string",
        direction = INCOMING,
        mandatory = true,
        description = "Stage at the other end, which writes")
@ConnectorAttribute(
        name = "to",
        type = "string",
        direction = OUTGOING,
        mandatory = true,
        description = "Stage at the other end, which reads")
@ConnectorAttribute(
        name = "output",
        type = "string",
        direction = INCOMING_AND_OUTGOING,
        defaultValue = "",
        description = "Output of the stage that writes; empty for the main one")
@ConnectorAttribute(
        name = "transport",
        type = "string",
        direction = INCOMING_AND_OUTGOING,
        defaultValue = MemoryTransport.NAME,
        description = "How frames travel: memory, within one process, or tcp, between processes")
@ConnectorAttribute(
        name = "credit",
        type = "long",
        direction = INCOMING_AND_OUTGOING,
        defaultValue = "4194304",
        description = "Bytes of a link that may be on their way, not consumed yet; the same at both ends")
public final class WeirConnector implements InboundConnector, OutboundConnector {
    /** Value of {@code mp.messaging.*.CHANNEL.connector}. */
    public static final String NAME = "weir";

    private final Transport transport;

    @Inject
    public WeirConnector(Transport transport) {
        this.transport = transport;
    }

    /**
     * @throws IllegalArgumentException when an attribute is missing or wrong, naming channel, attribute and value
     */
    @Override
    public Flow.Publisher<Message<Frame>> getPublisher(Config config) {
        return transport.publisher(attributes(config).receivingEnd());
    }

    /**
     * @throws IllegalArgumentException when an attribute is missing or wrong, naming channel, attribute and value
     */
    @Override
    public Flow.Subscriber<Message<Frame>> getSubscriber(Config config) {
        return transport.subscriber(attributes(config).sendingEnd());
    }

    private ChannelAttributes attributes(Config config) {
        ChannelAttributes attributes = new ChannelAttributes(config);
        attributes.requireTransport(transport);
        return attributes;
    }
}
