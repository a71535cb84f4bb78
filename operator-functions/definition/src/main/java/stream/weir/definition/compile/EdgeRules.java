package stream.weir.definition.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stream.weir.api.pipeline.Stage;
import stream.weir.api.row.RowType;
import stream.weir.definition.check.Endpoint;
import stream.weir.definition.check.Graph;
import stream.weir.definition.check.GraphRegions;
import stream.weir.definition.problem.Problems;
import stream.weir.definition.spec.InputSpec;
import stream.weir.definition.spec.StageSpec;

/** Where durable edges may be, whatever they run over. */
final class EdgeRules {
    private static final int LONGEST_LABEL = 63;

    private final Graph graph;
    private final Problems problems;

    EdgeRules(Graph graph, Problems problems) {
        this.graph = graph;
        this.problems = problems;
    }

    /** What only the whole graph tells. */
    void check(String pipeline) {
        Map<String, List<String>> regions = GraphRegions.of(pipeline, graph);
        for (StageSpec stage : graph.stages().values()) {
            for (InputSpec input : stage.inputs()) {
                if (input.durable().isPresent()) {
                    check(stage, input, regions);
                }
            }
        }
    }

    private void check(StageSpec stage, InputSpec input, Map<String, List<String>> regions) {
        String from = Endpoint.parse(input.from().value()).stage();
        for (Map.Entry<String, List<String>> region : regions.entrySet()) {
            if (region.getValue().contains(stage.label()) && region.getValue().contains(from)) {
                problems.add(
                        input.from().place(),
                        input.from().value(),
                        "this edge is durable, but " + from + " and " + stage.label()
                                + " are also connected by edges that are not: make those durable, too");
            }
            if (region.getValue().contains(stage.label()) && region.getKey().length() > LONGEST_LABEL) {
                problems.add(
                        input.from().place(),
                        region.getKey(),
                        "is what the stages from this edge on are called in the store, and longer than " + LONGEST_LABEL
                                + " characters: shorten the name of the pipeline or of the stage");
            }
        }
    }

    /** The durable edge that a stage reads; empty where there is none, and with problems added where it may not be one. */
    Optional<InputSpec> read(StageSpec stage) {
        return stage.inputs().stream()
                .filter(each -> each.durable().isPresent())
                .findFirst()
                .filter(input -> isAllowed(stage, input));
    }

    private boolean isAllowed(StageSpec stage, InputSpec input) {
        int before = problems.count();
        if (graph.into(stage.label()).size() > 1) {
            problems.add(
                    input.from().place(),
                    input.from().value(),
                    "a durable edge is the only input of its stage: read it in a stage of its own, which the others read");
        }
        if (!(input.distribution() instanceof InputSpec.Rebalance)) {
            problems.add(
                    input.distribution().place(),
                    "a durable edge has neither keyBy nor partition: let a stage read it, and the next one that stage by key;"
                            + " durable." + input.durable().orElseThrow().type().value()
                            + ".key keeps rows of a key in order");
        }
        if (!Endpoint.parse(input.from().value()).output().equals(Stage.MAIN)) {
            problems.add(
                    input.from().place(),
                    input.from().value(),
                    "only the main output of a stage goes over a durable edge: let a stage read this one in between");
        }
        return problems.count() == before;
    }

    /** The rows that come over an edge, where they are known. */
    static Optional<RowType> rows(InputSpec input, Map<String, CompiledStage> upstream) {
        return Optional.ofNullable(upstream.get(input.from().value()))
                .flatMap(writer -> Optional.ofNullable(writer.outputs().get(Stage.MAIN)));
    }

    /** The durable inputs of others that read a stage. */
    List<InputSpec> readers(StageSpec stage) {
        List<InputSpec> readers = new ArrayList<>();
        for (String name : graph.stages().keySet()) {
            graph.into(name).stream()
                    .filter(edge -> edge.from().stage().equals(stage.label())
                            && edge.input().durable().isPresent())
                    .forEach(edge -> readers.add(edge.input()));
        }
        return readers;
    }

    /** Whether a stage that others read over durable edges has no sink beside them. */
    boolean mayWrite(StageSpec stage) {
        List<InputSpec> readers = readers(stage);
        if (readers.isEmpty() || stage.sink().isEmpty()) {
            return true;
        }
        InputSpec first = readers.getFirst();
        problems.add(
                first.from().place(),
                first.from().value(),
                "that stage has a sink, and a durable edge takes its place: let a stage of its own write to the sink");
        return false;
    }
}
