package stream.weir.definition.compile;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stream.weir.api.codec.Codec;
import stream.weir.api.pipeline.DeadLetters;
import stream.weir.api.pipeline.Input;
import stream.weir.api.pipeline.OnError;
import stream.weir.api.pipeline.SourceStep;
import stream.weir.api.pipeline.Stage;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowCodec;
import stream.weir.api.row.RowType;
import stream.weir.api.sink.Sink;
import stream.weir.definition.check.Graph;
import stream.weir.definition.check.GraphCheck;
import stream.weir.definition.problem.Problems;
import stream.weir.definition.spec.StageSpec;

/** Compiles one stage after the other, in an order in which each comes after those it reads. */
final class StageCompiler {
    private final Problems problems;
    private final InflowCompiler inflows;
    private final ConnectorCompiler connectors;
    private final EdgeCompiler durable;
    private final StepChain steps;

    StageCompiler(Extensions extensions, Path folder, Graph graph, Problems problems) {
        OptionReader options = new OptionReader(folder);
        this.problems = problems;
        this.inflows = new InflowCompiler(graph, problems);
        this.connectors = new ConnectorCompiler(extensions, options, problems);
        this.durable = new EdgeCompiler(extensions, options, new EdgeRules(graph, problems), problems);
        this.steps = new StepChain(new FunctionSteps(extensions.functions(), options, problems), problems);
    }

    CompiledStage compile(StageSpec spec, Map<String, CompiledStage> upstream) {
        int before = problems.count();
        Map<String, RowType> types = new HashMap<>();
        Map<String, Codec<?>> codecs = new HashMap<>();
        if (GraphCheck.policies(spec).stream().anyMatch(policy -> policy.value() == OnError.DEAD_LETTER)) {
            types.put(Stage.DEAD_LETTERS, DeadLetters.ROW_TYPE);
            codecs.put(Stage.DEAD_LETTERS, RowCodec.of(DeadLetters.ROW_TYPE));
        }
        Optional<ConnectorCompiler.CompiledSource> source =
                spec.source().flatMap(connectors::source).or(() -> durable.source(spec, upstream));
        Optional<List<Inflow>> edges = inflows.compile(spec, upstream);
        Optional<StepChain.Result> chain =
                edges.flatMap(in -> steps.compile(spec, in, source.map(ConnectorCompiler.CompiledSource::rows)));
        chain.ifPresent(result -> {
            result.outputs().forEach(types::put);
            codecs.putAll(result.codecs());
        });
        Optional<Sink<Row>> sink = chain.flatMap(result -> durable.sink(spec, result.rows())
                .or(() -> spec.sink().flatMap(to -> connectors.sink(to, result.rows()))));
        if (chain.isEmpty()) {
            spec.sink().ifPresent(connectors::checkOptions);
        }
        boolean complete = chain.isPresent() && spec.sound() && problems.count() == before;
        if (!complete || chain.isEmpty()) {
            return new CompiledStage(Optional.empty(), types, false);
        }
        Optional<RowType> key = edges.flatMap(Inflow::stageKey);
        List<Input> inputs =
                edges.orElse(List.of()).stream().map(edge -> edge.input(key)).toList();
        Stage stage = new Stage(
                spec.label(),
                spec.replicas().value(),
                source.map(ConnectorCompiler.CompiledSource::step).<SourceStep<?>>map(step -> step),
                inputs,
                chain.get().steps(),
                sink.<Sink<?>>map(made -> made),
                codecs);
        return new CompiledStage(Optional.of(stage), types, true);
    }
}
