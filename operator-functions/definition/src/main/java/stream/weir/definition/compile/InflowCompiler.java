package stream.weir.definition.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stream.weir.api.pipeline.Stage;
import stream.weir.api.row.RowType;
import stream.weir.definition.check.Endpoint;
import stream.weir.definition.check.Graph;
import stream.weir.definition.expression.TypeWords;
import stream.weir.definition.problem.Place;
import stream.weir.definition.problem.Problems;
import stream.weir.definition.spec.InputSpec;
import stream.weir.definition.spec.StageSpec;
import stream.weir.definition.spec.StepSpec;

/** Types and keys of the edges into a stage. */
final class InflowCompiler {
    private final Graph graph;
    private final Keys keys;
    private final Problems problems;

    InflowCompiler(Graph graph, Problems problems) {
        this.graph = graph;
        this.keys = new Keys(problems);
        this.problems = problems;
    }

    /** All edges; empty where one of them is not known or has a problem. */
    Optional<List<Inflow>> compile(StageSpec stage, Map<String, CompiledStage> upstream) {
        List<Graph.Edge> edges = graph.into(stage.label()).stream()
                .filter(edge -> edge.input().durable().isEmpty())
                .toList();
        List<Inflow> inflows = new ArrayList<>();
        for (Graph.Edge edge : edges) {
            rows(edge, upstream).flatMap(rows -> inflow(edge, rows)).ifPresent(inflows::add);
        }
        boolean sound = keysAgree(inflows);
        sound &= !keyed(stage) || !stage.sound() || everyEdgeKeyed(stage, edges);
        return sound && inflows.size() == edges.size() && stage.sound() ? Optional.of(inflows) : Optional.empty();
    }

    private Optional<RowType> rows(Graph.Edge edge, Map<String, CompiledStage> upstream) {
        Endpoint from = edge.from();
        Optional<CompiledStage> writer = Optional.ofNullable(upstream.get(from.stage()));
        Optional<RowType> rows =
                writer.flatMap(stage -> Optional.ofNullable(stage.outputs().get(from.output())));
        if (rows.isEmpty() && writer.filter(CompiledStage::complete).isPresent()) {
            List<String> others = writer.map(CompiledStage::outputs).orElse(Map.of()).keySet().stream()
                    .filter(output -> !output.equals(Stage.MAIN))
                    .map(output -> from.stage() + "." + output)
                    .toList();
            problems.addUnknown(
                    edge.input().from().place(),
                    edge.input().from().value(),
                    "stage " + from.stage() + " has no output " + from.output(),
                    others);
        }
        return rows;
    }

    private Optional<Inflow> inflow(Graph.Edge edge, RowType rows) {
        return edge.input().distribution() instanceof InputSpec.KeyBy by
                ? keys.type(by.fields(), rows).map(key -> new Inflow(edge, rows, Optional.of(key)))
                : Optional.of(new Inflow(edge, rows, Optional.empty()));
    }

    /** A stage has one key: as many fields, of the same types, on every edge that has one. */
    private boolean keysAgree(List<Inflow> inflows) {
        Optional<Inflow> first =
                inflows.stream().filter(inflow -> inflow.key().isPresent()).findFirst();
        boolean agree = true;
        for (Inflow other : inflows) {
            if (first.isPresent()
                    && other.key().isPresent()
                    && !types(first.get()).equals(types(other))) {
                problems.add(
                        other.edge().input().distribution().place(),
                        "the key is of the types " + types(other) + ", that of "
                                + first.get().name() + " is of the types " + types(first.get())
                                + "; the keys of one stage agree in number and types");
                agree = false;
            }
        }
        return agree;
    }

    private static List<String> types(Inflow inflow) {
        return inflow.key().stream()
                .flatMap(key -> key.columns().stream())
                .map(column -> TypeWords.spelled(column.type()))
                .toList();
    }

    private boolean everyEdgeKeyed(StageSpec stage, List<Graph.Edge> edges) {
        StepSpec step =
                stage.steps().stream().filter(InflowCompiler::keyed).findFirst().orElseThrow();
        Place place = step.head().place();
        String kind = step.head().kind();
        boolean source = stage.source().isPresent()
                || stage.inputs().stream().anyMatch(input -> input.durable().isPresent());
        boolean some = edges.stream().anyMatch(InflowCompiler::byKey);
        boolean all = edges.stream().allMatch(InflowCompiler::byKey);
        if (some && !all) {
            edges.stream()
                    .filter(edge -> !byKey(edge))
                    .forEach(edge -> problems.add(
                            edge.input().from().place(),
                            edge.input().from().value(),
                            kind + " needs rows by key, so every input of this stage has keyBy"));
            return false;
        }
        if (!some && stage.replicas().value() > 1) {
            problems.add(
                    place,
                    kind + " needs rows by key, and this stage has "
                            + stage.replicas().value() + " replicas: "
                            + (source
                                    ? "move it to a stage of its own that reads this one with keyBy"
                                    : "give its inputs keyBy")
                            + ", or give the stage one replica");
            return false;
        }
        return true;
    }

    private static boolean byKey(Graph.Edge edge) {
        return edge.input().distribution() instanceof InputSpec.KeyBy;
    }

    private static boolean keyed(StageSpec stage) {
        return stage.steps().stream().anyMatch(InflowCompiler::keyed);
    }

    private static boolean keyed(StepSpec step) {
        return switch (step) {
            case StepSpec.Aggregate aggregate -> true;
            case StepSpec.Join join -> true;
            case StepSpec.Deduplicate deduplicate -> true;
            case StepSpec.Function function ->
                function.left().isPresent() || function.right().isPresent();
            case StepSpec.Filter filter -> false;
            case StepSpec.Map map -> false;
            case StepSpec.FlatMap flatMap -> false;
        };
    }
}
