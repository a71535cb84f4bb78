package stream.weir.stage.app;

import io.smallrye.reactive.messaging.ChannelRegistar;
import io.smallrye.reactive.messaging.ChannelRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.runtime.channel.connector.WeirConnector;
import stream.weir.runtime.stage.PipelineGraph;
import stream.weir.stage.channel.StageEdges;

/** Registers a channel of the connector for each edge that the stage reads or writes. */
@ApplicationScoped
class EdgeChannels implements ChannelRegistar {
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

    @Override
    public void initialize() {
        StageEdges edges = new StageEdges(
                PipelineGraph.of(pipeline),
                identity.stage(),
                configuration.data().credit().asLongValue());
        edges.incoming()
                .forEach(edge -> registry.register(
                        StageEdges.readingEnd(edge), connector.getPublisher(edges.configToRead(edge)), false));
        edges.outgoing()
                .forEach(edge -> registry.register(
                        StageEdges.writingEnd(edge), connector.getSubscriber(edges.configToWrite(edge)), false));
    }
}
