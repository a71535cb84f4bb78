package stream.weir.definition.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import stream.weir.api.pipeline.Regions;

/** The regions of a file, before it is compiled. */
public final class GraphRegions {
    private GraphRegions() {}

    /** Names of stages by region. */
    public static Map<String, List<String>> of(String pipeline, Graph graph) {
        List<Regions.Member> members = new ArrayList<>();
        for (String stage : graph.stages().keySet()) {
            List<Graph.Edge> edges = graph.into(stage);
            members.add(new Regions.Member(
                    stage,
                    edges.stream()
                            .filter(edge -> edge.input().durable().isEmpty())
                            .map(edge -> edge.from().stage())
                            .toList(),
                    edges.stream()
                            .filter(edge -> edge.input().durable().isPresent())
                            .map(edge -> edge.from().stage())
                            .findFirst()));
        }
        return Regions.names(pipeline, members);
    }
}
