package stream.weir.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import stream.weir.definition.PipelineDrawing.EdgeDrawing;
import stream.weir.definition.PipelineDrawing.StageDrawing;
import stream.weir.definition.check.Graph;
import stream.weir.definition.problem.Located;
import stream.weir.definition.spec.InputSpec;
import stream.weir.definition.spec.PipelineSpec;
import stream.weir.definition.spec.StageSpec;
import stream.weir.definition.spec.StepSpec;

/** Draws what was read. */
final class Drawings {
    private Drawings() {}

    static PipelineDrawing of(PipelineSpec pipeline) {
        Graph graph = Graph.of(pipeline);
        List<EdgeDrawing> edges = new ArrayList<>();
        graph.stages().keySet().forEach(to -> graph.into(to).forEach(edge -> edges.add(edge(edge, to))));
        return new PipelineDrawing(
                pipeline.name(),
                pipeline.maxParallelism(),
                pipeline.state().backend().name(),
                graph.stages().values().stream().map(Drawings::stage).toList(),
                edges);
    }

    private static StageDrawing stage(StageSpec stage) {
        return new StageDrawing(
                stage.label(),
                stage.source().map(source -> source.connector().type().value()),
                stage.steps().stream().map(Drawings::step).toList(),
                stage.sink().map(sink -> sink.type().value()));
    }

    private static String step(StepSpec step) {
        String kind = step instanceof StepSpec.Function function
                ? "function " + function.name().value()
                : step.head().kind();
        return step.head().name().map(name -> kind + " " + name.value()).orElse(kind);
    }

    private static EdgeDrawing edge(Graph.Edge edge, String to) {
        Optional<String> durable =
                edge.input().durable().map(connector -> connector.type().value());
        return new EdgeDrawing(
                edge.from().stage(),
                edge.from().output(),
                to,
                distribution(edge.input().distribution()),
                durable);
    }

    private static String distribution(InputSpec.Distribution distribution) {
        return switch (distribution) {
            case InputSpec.Forward _ -> "forward";
            case InputSpec.Rebalance _ -> "rebalance";
            case InputSpec.Broadcast _ -> "broadcast";
            case InputSpec.KeyBy keyBy ->
                keyBy.fields().stream().map(Located::value).collect(Collectors.joining(", ", "by ", ""));
        };
    }
}
