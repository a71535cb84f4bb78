package stream.weir.definition.compile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import stream.weir.api.connector.EdgeConnector;
import stream.weir.api.connector.Options;
import stream.weir.api.pipeline.EdgeSource;
import stream.weir.api.pipeline.EventTime;
import stream.weir.api.pipeline.OnError;
import stream.weir.api.pipeline.SourceStep;
import stream.weir.api.pipeline.Stage;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.api.sink.Sink;
import stream.weir.definition.check.Endpoint;
import stream.weir.definition.check.Graph;
import stream.weir.definition.check.GraphRegions;
import stream.weir.definition.compile.ConnectorCompiler.CompiledSource;
import stream.weir.definition.problem.Problems;
import stream.weir.definition.spec.ConnectorSpec;
import stream.weir.definition.spec.InputSpec;
import stream.weir.definition.spec.StageSpec;

/** Durable edges: a sink for the stage above, a source for each stage below. */
final class EdgeCompiler {
    private static final int LONGEST_LABEL = 63;

    private final Extensions extensions;
    private final OptionReader options;
    private final Graph graph;
    private final Problems problems;

    EdgeCompiler(Extensions extensions, OptionReader options, Graph graph, Problems problems) {
        this.extensions = extensions;
        this.options = options;
        this.graph = graph;
        this.problems = problems;
    }

    /** What only the whole graph tells. */
    static void check(String pipeline, Graph graph, Problems problems) {
        Map<String, List<String>> regions = GraphRegions.of(pipeline, graph);
        for (StageSpec stage : graph.stages().values()) {
            for (InputSpec input : stage.inputs()) {
                input.durable().ifPresent(durable -> check(stage, input, regions, problems));
            }
        }
    }

    private static void check(StageSpec stage, InputSpec input, Map<String, List<String>> regions, Problems problems) {
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

    /** The source of a stage that reads a durable edge. */
    Optional<CompiledSource> source(StageSpec stage, Map<String, CompiledStage> upstream) {
        Optional<InputSpec> input = stage.inputs().stream()
                .filter(each -> each.durable().isPresent())
                .findFirst();
        if (input.isEmpty() || !isAllowed(stage, input.get())) {
            return Optional.empty();
        }
        String from = input.get().from().value();
        return rows(from, upstream)
                .flatMap(rows -> made(
                        input.get().durable().orElseThrow(),
                        rows,
                        (type, values) -> new CompiledSource(
                                new SourceStep<>(
                                        new EdgeSource<>(from, type.source(values, rows)),
                                        Optional.of(carried()),
                                        OptionalLong.empty(),
                                        OnError.FAIL),
                                rows)));
    }

    private static Optional<RowType> rows(String from, Map<String, CompiledStage> upstream) {
        return Optional.ofNullable(upstream.get(from))
                .flatMap(writer -> Optional.ofNullable(writer.outputs().get(Stage.MAIN)));
    }

    /** The records bring their times, and the edge the watermarks. */
    private static EventTime<Row> carried() {
        return new EventTime<>(row -> Long.MIN_VALUE, Duration.ZERO, Optional.empty(), Duration.ofDays(1 << 20));
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

    /** Where a stage writes that others read over durable edges. */
    Optional<Sink<Row>> sink(StageSpec stage, RowType rows) {
        List<InputSpec> readers = new ArrayList<>();
        for (String name : graph.stages().keySet()) {
            graph.into(name).stream()
                    .filter(edge -> edge.from().stage().equals(stage.label())
                            && edge.input().durable().isPresent())
                    .forEach(edge -> readers.add(edge.input()));
        }
        if (readers.isEmpty()) {
            return Optional.empty();
        }
        InputSpec first = readers.getFirst();
        if (stage.sink().isPresent()) {
            problems.add(
                    first.from().place(),
                    first.from().value(),
                    "that stage has a sink, and a durable edge takes its place: let a stage of its own write to the sink");
            return Optional.empty();
        }
        ConnectorSpec durable = first.durable().orElseThrow();
        for (InputSpec other : readers.subList(1, readers.size())) {
            if (!same(durable, other.durable().orElseThrow(), rows)) {
                problems.add(
                        other.from().place(),
                        other.from().value(),
                        "another stage reads this one over a durable edge with other options; all of them are the same edge");
                return Optional.empty();
            }
        }
        return made(durable, rows, (type, values) -> type.sink(values, rows));
    }

    private boolean same(ConnectorSpec one, ConnectorSpec other, RowType rows) {
        return one.type().value().equals(other.type().value())
                && made(one, rows, (type, values) -> values).equals(made(other, rows, (type, values) -> values));
    }

    private interface Make<T> {
        T make(EdgeConnector type, Options values);
    }

    private <T> Optional<T> made(ConnectorSpec spec, RowType rows, Make<T> make) {
        EdgeConnector type = extensions.edge(spec.type().value());
        return options.read(spec.options(), type.options()).flatMap(values -> {
            List<String> refusals = type.problems(values, rows);
            refusals.forEach(refusal -> problems.add(spec.type().place(), refusal));
            return refusals.isEmpty() ? Optional.of(make.make(type, values)) : Optional.empty();
        });
    }
}
