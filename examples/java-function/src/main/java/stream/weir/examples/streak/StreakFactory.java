package stream.weir.examples.streak;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import stream.weir.api.codec.Schema;
import stream.weir.api.connector.FunctionFactory;
import stream.weir.api.connector.Option;
import stream.weir.api.connector.Options;
import stream.weir.api.connector.RowFunction;
import stream.weir.api.row.RowType;

/** Makes {@code function: {name: streak, config: {field: dep_delay, above: 60, length: 3}}} known to pipeline files. */
public final class StreakFactory implements FunctionFactory {
    @Override
    public String name() {
        return "streak";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.required("field", Option.Kind.STRING, "The field that is looked at, a double."),
                Option.required("above", Option.Kind.DOUBLE, "Values above this one count."),
                Option.withDefault("length", Option.Kind.INT, "3", "How many in a row make a streak."));
    }

    @Override
    public RowFunction create(List<RowType> inputs, Options config) {
        RowType rows = inputs.getFirst();
        String field = config.get("field", String.class);
        int index = rows.indexOf(field);
        if (index < 0 || rows.columns().get(index).type() != Schema.Primitive.DOUBLE) {
            throw new IllegalArgumentException("The rows have no field " + field + " of type double: " + rows + ".");
        }
        long length = config.get("length", Long.class);
        if (length < 1) {
            throw new IllegalArgumentException("A streak of length " + length + " is none: give at least 1.");
        }
        double above = config.get("above", Double.class);
        RowType output = withStreak(rows);
        return new RowFunction.Keyed(output, () -> new Streak(output, index, above, length), Map.of());
    }

    private static RowType withStreak(RowType rows) {
        List<RowType.Column> columns = new ArrayList<>(rows.columns());
        columns.add(new RowType.Column("streak", Schema.Primitive.INT64));
        return new RowType(columns);
    }
}
