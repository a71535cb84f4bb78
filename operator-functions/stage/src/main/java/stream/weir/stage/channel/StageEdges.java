package stream.weir.stage.channel;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import stream.weir.runtime.stage.PipelineGraph;
import stream.weir.runtime.stage.PipelineGraph.Edge;
import stream.weir.transport.TcpTransport;

/**
 * The edges that a stage reads and writes, and the connector's configuration for each. The pipeline says which they are, so there
 * is nothing to configure.
 *
 * @param creditBytes of each link
 */
public record StageEdges(PipelineGraph graph, String stage, long creditBytes) {
    private static final int ORDINAL = 100;

    /** Edges that the stage reads. */
    public List<Edge> incoming() {
        return graph.edgesTo(stage);
    }

    /** Edges that the stage writes. */
    public List<Edge> outgoing() {
        return graph.edgesFrom(stage);
    }

    /** Name of the channel by which the stage reads an edge. */
    public static String readingEnd(Edge edge) {
        return "from-" + edge.from().name() + suffix(edge);
    }

    /** Name of the channel by which the stage writes an edge. */
    public static String writingEnd(Edge edge) {
        return "to-" + edge.to().name() + suffix(edge);
    }

    /** What the connector is to know of the end that reads. */
    public Config configToRead(Edge edge) {
        Map<String, String> attributes = attributes(readingEnd(edge), edge);
        attributes.put("from", edge.from().name());
        return config(attributes);
    }

    /** What the connector is to know of the end that writes. */
    public Config configToWrite(Edge edge) {
        Map<String, String> attributes = attributes(writingEnd(edge), edge);
        attributes.put("to", edge.to().name());
        return config(attributes);
    }

    private Map<String, String> attributes(String channel, Edge edge) {
        Map<String, String> attributes = new HashMap<>();
        attributes.put("channel-name", channel);
        attributes.put("pipeline", graph.pipeline().name());
        attributes.put("stage", stage);
        attributes.put("output", edge.output());
        attributes.put("transport", TcpTransport.NAME);
        attributes.put("credit", String.valueOf(creditBytes));
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
