package stream.weir.definition.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.Schema;
import stream.weir.api.pipeline.Step;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowCodec;
import stream.weir.api.row.RowType;
import stream.weir.definition.expression.Checked;
import stream.weir.definition.expression.Expression;
import stream.weir.definition.expression.ExpressionException;
import stream.weir.definition.expression.TypeWords;
import stream.weir.definition.problem.Located;
import stream.weir.definition.problem.Problems;
import stream.weir.definition.spec.StepSpec;

/** Steps that look at one row at a time. */
final class RowSteps {
    private final Problems problems;

    RowSteps(Problems problems) {
        this.problems = problems;
    }

    Optional<Flow> filter(StepSpec.Filter spec, String name, Flow in, StepChain.Target target) {
        new Expressions(in.rows(), problems)
                .check(spec.condition(), Schema.Primitive.BOOL)
                .ifPresent(condition -> target.add(new Step.Filter<>(
                        name,
                        predicate(spec.condition().text(), condition.expression()),
                        spec.head().onError().value())));
        return Optional.of(in); // a filter does not change the rows, so what follows can be checked in any case
    }

    private static Predicate<Row> predicate(String text, Expression condition) {
        return row -> {
            if (condition.evaluate(row) instanceof Boolean passes) {
                return passes;
            }
            throw new ExpressionException("the filter " + text + " is null for " + row + ", it must be true or false");
        };
    }

    Optional<Flow> map(StepSpec.Map spec, String name, Flow in, StepChain.Target target) {
        Expressions expressions = new Expressions(in.rows(), problems);
        List<RowType.Column> columns = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        for (StepSpec.Assignment assignment : spec.fields()) {
            expressions.check(assignment.value()).ifPresent(sound -> {
                columns.add(new RowType.Column(assignment.field().value(), sound.type()));
                values.add(sound.expression());
            });
        }
        if (values.size() < spec.fields().size()) {
            return Optional.empty();
        }
        RowType rows = new RowType(columns);
        Expression[] evaluated = values.toArray(Expression[]::new);
        target.add(new Step.Map<Row, Row>(
                name, row -> mapped(row, rows, evaluated), spec.head().onError().value()));
        return Optional.of(in.with(rows));
    }

    private static Row mapped(Row row, RowType type, Expression[] expressions) {
        @Nullable Object[] values = new Object[expressions.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = expressions[i].evaluate(row);
        }
        return Row.owning(type, values);
    }

    Optional<Flow> flatMap(StepSpec.FlatMap spec, String name, Flow in, StepChain.Target target) {
        Optional<Checked.Sound> of = new Expressions(in.rows(), problems).check(spec.of());
        if (of.isEmpty()) {
            return Optional.empty();
        }
        if (!(of.get().type() instanceof Schema.ListOf list)) {
            problems.add(
                    spec.of().cursor().place(),
                    spec.of().text(),
                    "must be a list, it is a " + TypeWords.spelled(of.get().type()));
            return Optional.empty();
        }
        List<RowType.Column> columns = new ArrayList<>(in.rows().columns());
        RowType.Column column = new RowType.Column(spec.as().value(), bare(list.element()));
        int existing = in.rows().indexOf(column.name());
        int index = existing < 0 ? columns.size() : existing;
        if (existing < 0) {
            columns.add(column);
        } else {
            columns.set(existing, column);
        }
        RowType rows = new RowType(columns);
        Expression elements = of.get().expression();
        target.add(new Step.FlatMap<Row, Row>(
                name,
                row -> flattened(row, rows, index, elements),
                spec.head().onError().value()));
        return Optional.of(in.with(rows));
    }

    private static Schema bare(Schema element) {
        return element instanceof Schema.Nullable nullable ? nullable.of() : element;
    }

    /** A null list has no elements. */
    private static List<Row> flattened(Row row, RowType type, int index, Expression elements) {
        if (!(elements.evaluate(row) instanceof List<?> list)) {
            return List.of();
        }
        List<Row> rows = new ArrayList<>(list.size());
        for (Object element : list) {
            @Nullable Object[] values = new Object[type.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = i == index ? element : row.get(i);
            }
            rows.add(Row.owning(type, values));
        }
        return rows;
    }

    Optional<Flow> deduplicate(StepSpec.Deduplicate spec, String name, Flow in, StepChain.Target target) {
        List<RowType.Column> columns = new ArrayList<>();
        for (Located<String> field : spec.by()) {
            int index = in.rows().indexOf(field.value());
            if (index < 0) {
                problems.addUnknown(field.place(), field.value(), "no such field in the rows", Flow.names(in.rows()));
            } else {
                columns.add(in.rows().columns().get(index));
            }
        }
        RowType identity = spec.by().isEmpty() ? in.rows() : new RowType(columns);
        Function<Row, Row> identityOf = spec.by().isEmpty() ? row -> row : projection(in.rows(), identity);
        if (columns.size() == spec.by().size()) {
            target.add(new Step.Deduplicate<>(
                    name,
                    identityOf,
                    RowCodec.of(identity),
                    spec.within(),
                    spec.head().onError().value()));
        }
        return Optional.of(in);
    }

    private static Function<Row, Row> projection(RowType from, RowType to) {
        int[] indexes = to.columns().stream()
                .mapToInt(column -> from.indexOf(column.name()))
                .toArray();
        return row -> {
            @Nullable Object[] values = new Object[indexes.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = row.get(indexes[i]);
            }
            return Row.owning(to, values);
        };
    }
}
