package stream.weir.definition;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A pipeline file as people look at it: its stages, what they do, and the edges between them. Needs none of the connectors and
 * functions that the file names.
 *
 * @param stages in the order of the file
 */
public record PipelineDrawing(
        String name, int maxParallelism, String backend, List<StageDrawing> stages, List<EdgeDrawing> edges) {
    public PipelineDrawing {
        stages = List.copyOf(stages);
        edges = List.copyOf(edges);
    }

    /**
     * @param source type of the connector that it reads
     * @param steps the kinds of its steps, with their names where they have one
     * @param sink type of the connector that it writes to
     */
    public record StageDrawing(String name, Optional<String> source, List<String> steps, Optional<String> sink) {
        public StageDrawing {
            steps = List.copyOf(steps);
        }
    }

    /**
     * @param output the side output that is read; empty for the main one
     * @param distribution how records are spread over the replicas, for instance {@code by carrier}
     * @param durable type of the connector that it runs over instead of connections
     */
    public record EdgeDrawing(String from, String output, String to, String distribution, Optional<String> durable) {}

    /** Only those stages, and the edges between them: a region. */
    public PipelineDrawing of(String region, Collection<String> wanted) {
        return new PipelineDrawing(
                region,
                maxParallelism,
                backend,
                stages.stream().filter(stage -> wanted.contains(stage.name())).toList(),
                edges.stream()
                        .filter(edge -> wanted.contains(edge.from()) && wanted.contains(edge.to()))
                        .toList());
    }
}
