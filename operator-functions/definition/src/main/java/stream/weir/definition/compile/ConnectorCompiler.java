package stream.weir.definition.compile;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import stream.weir.api.connector.Options;
import stream.weir.api.connector.SinkConnector;
import stream.weir.api.connector.SourceConnector;
import stream.weir.api.pipeline.EventTime;
import stream.weir.api.pipeline.SourceStep;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.api.sink.Sink;
import stream.weir.definition.problem.Problems;
import stream.weir.definition.spec.ConnectorSpec;
import stream.weir.definition.spec.SourceSpec;

/** Sources and sinks. */
final class ConnectorCompiler {
    private final Extensions extensions;
    private final OptionReader options;
    private final Problems problems;

    /** @param rows the type of the source's rows */
    record CompiledSource(SourceStep<Row> step, RowType rows) {}

    ConnectorCompiler(Extensions extensions, OptionReader options, Problems problems) {
        this.extensions = extensions;
        this.options = options;
        this.problems = problems;
    }

    Optional<CompiledSource> source(SourceSpec spec) {
        ConnectorSpec connector = spec.connector();
        SourceConnector type = extensions.source(connector.type().value());
        Optional<Options> read = options.read(connector.options(), type.options());
        return read.filter(values -> accepted(connector, () -> type.problems(values)))
                .flatMap(values -> guarded(connector, () -> source(spec, type, values)))
                .flatMap(made -> made);
    }

    private Optional<CompiledSource> source(SourceSpec spec, SourceConnector type, Options values) {
        RowType rows = type.rowType(values);
        Optional<EventTime<Row>> time = Optional.empty();
        if (spec.eventTime().isPresent()) {
            time = EventTimes.of(spec.eventTime().get(), rows, problems);
            if (time.isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.of(new CompiledSource(
                new SourceStep<>(
                        type.create(values), time, spec.rate(), spec.onError().value()),
                rows));
    }

    Optional<Sink<Row>> sink(ConnectorSpec spec, RowType rows) {
        SinkConnector type = extensions.sink(spec.type().value());
        return options.read(spec.options(), type.options())
                .filter(values -> accepted(spec, () -> type.problems(values, rows)))
                .flatMap(values -> guarded(spec, () -> type.create(values, rows)));
    }

    /** Checks the options of a sink whose rows are not known. */
    void checkOptions(ConnectorSpec sink) {
        var unused = options.read(
                sink.options(), extensions.sink(sink.type().value()).options());
    }

    private boolean accepted(ConnectorSpec spec, Supplier<List<String>> check) {
        Optional<List<String>> refusals = guarded(spec, check);
        refusals.ifPresent(sentences ->
                sentences.forEach(refusal -> problems.add(spec.type().place(), refusal)));
        return refusals.filter(List::isEmpty).isPresent();
    }

    /** Runs a connector's own code: whatever it throws is a problem of its options, not of this program. */
    private <T> Optional<T> guarded(ConnectorSpec spec, Supplier<T> code) {
        try {
            return Optional.of(code.get());
        } catch (RuntimeException e) {
            String reason = Optional.ofNullable(e.getMessage()).orElse(e.toString());
            problems.add(spec.type().place(), spec.type().value(), "cannot be set up: " + reason);
            return Optional.empty();
        }
    }
}
