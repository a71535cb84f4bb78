package stream.weir.definition.compile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stream.weir.api.pipeline.DeadLetters;
import stream.weir.api.pipeline.OnError;
import stream.weir.api.pipeline.Stage;
import stream.weir.api.row.RowType;
import stream.weir.definition.check.Graph;
import stream.weir.definition.check.GraphCheck;
import stream.weir.definition.problem.Problems;
import stream.weir.definition.spec.SourceSpec;
import stream.weir.definition.spec.StageSpec;

/**
 * Checks one stage after the other without connectors and functions, as far as the types of the rows are known: from sources of
 * the stock image on, through all steps up to a function. What follows where they are not is passed over.
 */
final class StageOutlook {
    private final Problems problems;
    private final InflowCompiler inflows;
    private final EdgeRules durable;
    private final StepChain steps;

    StageOutlook(Graph graph, Problems problems) {
        this.problems = problems;
        this.inflows = new InflowCompiler(graph, problems);
        this.durable = new EdgeRules(graph, problems);
        this.steps = new StepChain(new UnknownFunctions(problems), problems);
    }

    /** @return the outputs whose rows are known, and no stage */
    CompiledStage check(StageSpec spec, Map<String, CompiledStage> upstream) {
        int before = problems.count();
        Map<String, RowType> types = new HashMap<>();
        if (GraphCheck.policies(spec).stream().anyMatch(policy -> policy.value() == OnError.DEAD_LETTER)) {
            types.put(Stage.DEAD_LETTERS, DeadLetters.ROW_TYPE);
        }
        Optional<RowType> source = spec.source().flatMap(this::rows).or(() -> durable.read(spec)
                .flatMap(input -> EdgeRules.rows(input, upstream)));
        Optional<List<Inflow>> edges = inflows.compile(spec, upstream);
        Optional<StepChain.Result> chain = edges.flatMap(in -> steps.compile(spec, in, source));
        chain.ifPresent(result -> types.putAll(result.outputs()));
        boolean complete = durable.mayWrite(spec) && chain.isPresent() && spec.sound() && problems.count() == before;
        return new CompiledStage(Optional.empty(), types, complete);
    }

    private Optional<RowType> rows(SourceSpec source) {
        return StockRows.of(source.connector()).filter(rows -> source.eventTime()
                .map(time -> EventTimes.of(time, rows, problems).isPresent())
                .orElse(true));
    }
}
