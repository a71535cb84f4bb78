package stream.weir.definition.compile;

import java.time.Duration;
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
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.api.sink.Sink;
import stream.weir.definition.compile.ConnectorCompiler.CompiledSource;
import stream.weir.definition.problem.Problems;
import stream.weir.definition.spec.ConnectorSpec;
import stream.weir.definition.spec.InputSpec;
import stream.weir.definition.spec.StageSpec;

/** Durable edges: a sink for the stage above, a source for each stage below. */
final class EdgeCompiler {
    private final Extensions extensions;
    private final OptionReader options;
    private final EdgeRules rules;
    private final Problems problems;

    EdgeCompiler(Extensions extensions, OptionReader options, EdgeRules rules, Problems problems) {
        this.extensions = extensions;
        this.options = options;
        this.rules = rules;
        this.problems = problems;
    }

    /** The source of a stage that reads a durable edge. */
    Optional<CompiledSource> source(StageSpec stage, Map<String, CompiledStage> upstream) {
        Optional<InputSpec> input = rules.read(stage);
        if (input.isEmpty()) {
            return Optional.empty();
        }
        String from = input.get().from().value();
        return EdgeRules.rows(input.get(), upstream)
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

    /** The records bring their times, and the edge the watermarks. */
    private static EventTime<Row> carried() {
        return new EventTime<>(row -> Long.MIN_VALUE, Duration.ZERO, Optional.empty(), Duration.ofDays(1 << 20));
    }

    /** Where a stage writes that others read over durable edges. */
    Optional<Sink<Row>> sink(StageSpec stage, RowType rows) {
        List<InputSpec> readers = rules.readers(stage);
        if (readers.isEmpty() || !rules.mayWrite(stage)) {
            return Optional.empty();
        }
        InputSpec first = readers.getFirst();
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
