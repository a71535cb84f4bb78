package stream.weir.definition.compile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.Codec;
import stream.weir.api.codec.Schema;
import stream.weir.api.function.ProcessFunction;
import stream.weir.api.pipeline.OnError;
import stream.weir.api.pipeline.Step;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowCodec;
import stream.weir.api.row.RowType;
import stream.weir.definition.aggregate.Accumulator;
import stream.weir.definition.aggregate.AggregateFunction;
import stream.weir.definition.aggregate.RowAggregator;
import stream.weir.definition.aggregate.TimedRow;
import stream.weir.definition.aggregate.TimedRowCodec;
import stream.weir.definition.check.Graph;
import stream.weir.definition.problem.Located;
import stream.weir.definition.problem.Problems;
import stream.weir.definition.spec.AggregateField;
import stream.weir.definition.spec.StepSpec;

/** Aggregates, with a window and running. */
final class AggregateSteps {
    private final Problems problems;

    AggregateSteps(Problems problems) {
        this.problems = problems;
    }

    Optional<Flow> compile(StepSpec.Aggregate spec, String name, Flow in, StepChain.Target target) {
        int before = problems.count();
        List<AggregateFunction> functions = new ArrayList<>();
        spec.fields().forEach(field -> function(field, in.rows()).ifPresent(functions::add));
        RowType key = in.key().orElse(Keys.NO_FIELDS);
        List<RowType.Column> columns = new ArrayList<>(key.columns());
        if (spec.window().isPresent()) {
            columns.add(new RowType.Column("window_start", Schema.Primitive.TIMESTAMP));
            columns.add(new RowType.Column("window_end", Schema.Primitive.TIMESTAMP));
        }
        distinctNames(spec, columns);
        if (problems.count() != before) {
            return Optional.empty();
        }
        RowAggregator aggregator = RowAggregator.of(functions);
        columns.addAll(aggregator.columns());
        RowType rows = new RowType(columns);
        if (aggregator.timed()) {
            target.add(new Step.Process<Row, Object>(
                    name + "-times", () -> withTime(), spec.head().onError().value()));
        }
        if (spec.window().isPresent()) {
            target.add(windowed(spec, name, aggregator, new Shape(rows, key.size()), lateOutput(spec, in, target)));
        } else {
            target.add(running(
                    name,
                    aggregator,
                    new Shape(rows, key.size()),
                    spec.head().onError().value()));
        }
        return Optional.of(in.with(rows));
    }

    /** @param keys how many of the columns are the key's, at the beginning */
    private record Shape(RowType rows, int keys) {}

    private static Step windowed(
            StepSpec.Aggregate spec, String name, RowAggregator aggregator, Shape shape, Optional<String> late) {
        return new Step.WindowAggregate<Row, Object, Accumulator, @Nullable Object[], Row>(
                name,
                spec.window().orElseThrow(),
                spec.allowedLateness(),
                aggregator,
                aggregator.codec(),
                (key, start, end, result) -> {
                    @Nullable Object[] values = values(shape, key);
                    values[shape.keys()] = Instant.ofEpochMilli(start);
                    values[shape.keys() + 1] = Instant.ofEpochMilli(end);
                    System.arraycopy(result, 0, values, shape.keys() + 2, result.length);
                    return Row.owning(shape.rows(), values);
                },
                late,
                spec.head().onError().value());
    }

    private static Step running(String name, RowAggregator aggregator, Shape shape, OnError onError) {
        return new Step.RunningAggregate<Row, Object, Accumulator, @Nullable Object[], Row>(
                name,
                aggregator,
                aggregator.codec(),
                (key, result) -> {
                    @Nullable Object[] values = values(shape, key);
                    System.arraycopy(result, 0, values, shape.keys(), result.length);
                    return Row.owning(shape.rows(), values);
                },
                onError);
    }

    private static @Nullable Object[] values(Shape shape, Row key) {
        @Nullable Object[] values = new Object[shape.rows().size()];
        for (int i = 0; i < shape.keys(); i++) {
            values[i] = key.get(i);
        }
        return values;
    }

    /** Puts the time beside the row, as aggregators do not see it otherwise. */
    private static ProcessFunction<Row, Object> withTime() {
        return (row, context, out) -> out.emit(new TimedRow(row, context.timestamp()));
    }

    private static Optional<String> lateOutput(StepSpec.Aggregate spec, Flow in, StepChain.Target target) {
        return spec.lateTo().map(to -> {
            String output = Graph.lateOutput(target.outputs().nextLate());
            Codec<Row> rows = RowCodec.of(in.rows());
            target.outputs().add(output, in.rows(), new TimedRowCodec(rows));
            return output;
        });
    }

    private void distinctNames(StepSpec.Aggregate spec, List<RowType.Column> taken) {
        for (AggregateField field : spec.fields()) {
            if (taken.stream()
                    .anyMatch(column -> column.name().equals(field.name().value()))) {
                problems.add(
                        field.name().place(),
                        field.name().value(),
                        "the result has a field of that name already, from the key or the window");
            }
        }
    }

    private Optional<AggregateFunction> function(AggregateField field, RowType rows) {
        String name = field.name().value();
        Optional<AggregateFunction> function;
        if (field.input().isEmpty()) {
            function = Optional.of(new AggregateFunction.CountRows(name));
        } else if (field.top().isPresent()) {
            AggregateField.Top top = field.top().get();
            Optional<Integer> by = field.input().flatMap(input -> column(input, rows));
            Optional<Integer> of = column(top.of(), rows);
            function = by.flatMap(b -> of.map(o -> new AggregateFunction.Top(name, top.n(), rows, b, o)));
        } else {
            function = field.input()
                    .flatMap(input -> column(input, rows))
                    .map(column -> new AggregateFunction.OfField(name, kind(field.kind()), rows, column));
        }
        return function.filter(made -> {
            Optional<String> refusal = made.problem();
            Located<String> input = field.input().orElse(field.name());
            refusal.ifPresent(reason ->
                    problems.add(input.place(), input.value(), field.kind().spelling() + " " + reason));
            return refusal.isEmpty();
        });
    }

    private Optional<Integer> column(Located<String> field, RowType rows) {
        int index = rows.indexOf(field.value());
        if (index < 0) {
            problems.addUnknown(field.place(), field.value(), "no such field in the rows", Flow.names(rows));
            return Optional.empty();
        }
        return Optional.of(index);
    }

    private static AggregateFunction.Function kind(AggregateField.Kind kind) {
        return switch (kind) {
            case COUNT -> AggregateFunction.Function.COUNT;
            case SUM -> AggregateFunction.Function.SUM;
            case AVG -> AggregateFunction.Function.AVG;
            case MIN -> AggregateFunction.Function.MIN;
            case MAX -> AggregateFunction.Function.MAX;
            case FIRST -> AggregateFunction.Function.FIRST;
            case LAST -> AggregateFunction.Function.LAST;
            case COUNT_DISTINCT -> AggregateFunction.Function.COUNT_DISTINCT;
            case TOP -> throw new IllegalArgumentException("top has two fields");
        };
    }
}
