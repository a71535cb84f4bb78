package stream.weir.stage.app;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.reactive.messaging.ChannelRegistar;
import io.smallrye.reactive.messaging.ChannelRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.runtime.channel.connector.WeirConnector;
import stream.weir.runtime.stage.PipelineGraph;
import stream.weir.runtime.stage.PipelineGraph.Edge;
import stream.weir.transport.TcpTransport;

/**
 * Registers a channel of the connector for each edge that the stage reads or writes. The pipeline says which they are, so there is
 * nothing to configure.
 */
@ApplicationScoped
class EdgeChannels implements ChannelRegistar {
    private static final int ORDINAL = 100;

    private final Pipeline pipeline;
    private final StageIdentity identity;
    private final StageConfiguration configuration;
    private final WeirConnector connector;
    private final ChannelRegistry registry;

    @Inject
    EdgeChannels(
            Pipeline pipeline,
            StageIdentity identity,
            StageConfiguration configuration,
            @Connector(WeirConnector.NAME) WeirConnector connector,
            ChannelRegistry registry) {
        this.pipeline = pipeline;
        this.identity = identity;
        this.configuration = configuration;
        this.connector = connector;
        this.registry = registry;
    }

    /** Name of the channel by which the stage writes an edge. */
    static String outgoing(Edge edge) {
        return "to-" + edge.to().name() + suffix(edge);
    }

    /** Name of the channel by which the stage reads an edge. */
    static String incoming(Edge edge) {
        return "from-" + edge.from().name() + suffix(edge);
    }

    @Override
    public void initialize() {
        PipelineGraph graph = PipelineGraph.of(pipeline);
        for (Edge edge : graph.edgesTo(identity.stage())) {
            String name = incoming(edge);
            Map<String, String> attributes = attributes(name, edge);
            attributes.put("from", edge.from().name());
            registry.register(name, connector.getPublisher(config(attributes)), false);
        }
        for (Edge edge : graph.edgesFrom(identity.stage())) {
            String name = outgoing(edge);
            Map<String, String> attributes = attributes(name, edge);
            attributes.put("to", edge.to().name());
            registry.register(name, connector.getSubscriber(config(attributes)), false);
        }
    }

    private Map<String, String> attributes(String name, Edge edge) {
        Map<String, String> attributes = new HashMap<>();
        attributes.put("channel-name", name);
        attributes.put("pipeline", pipeline.name());
        attributes.put("stage", identity.stage());
        attributes.put("output", edge.output());
        attributes.put("transport", TcpTransport.NAME);
        attributes.put("credit", String.valueOf(configuration.data().credit().asLongValue()));
        return attributes;
    }

    private static Config config(Map<String, String> attributes) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(attributes, "edge", ORDINAL))
                .build();
    }

    private static String suffix(Edge edge) {
        return edge.output().isEmpty() ? "" : "." + edge.output();
    }
}
