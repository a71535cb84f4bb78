package stream.weir.definition.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import stream.weir.api.codec.Schema;
import stream.weir.api.pipeline.Partitioning;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowCodec;
import stream.weir.api.row.RowType;
import stream.weir.definition.expression.TypeWords;
import stream.weir.definition.problem.Located;
import stream.weir.definition.problem.Problems;

/** The keys of edges. */
final class Keys {
    /** The key of a keyed step on a stage without {@code keyBy}, which has one replica: the same for every row. */
    static final RowType NO_FIELDS = new RowType(List.of());

    private final Problems problems;

    Keys(Problems problems) {
        this.problems = problems;
    }

    /** The type of the key that {@code fields} name in {@code rows}; empty, with problems added, where it has none. */
    Optional<RowType> type(List<Located<String>> fields, RowType rows) {
        List<RowType.Column> columns = new ArrayList<>();
        for (Located<String> field : fields) {
            int index = rows.indexOf(field.value());
            if (index < 0) {
                problems.addUnknown(field.place(), field.value(), "no such field in the rows", Flow.names(rows));
                continue;
            }
            RowType.Column column = rows.columns().get(index);
            if (column.type() instanceof Schema.Primitive) {
                columns.add(column);
            } else {
                problems.add(
                        field.place(),
                        field.value(),
                        "is a " + TypeWords.spelled(column.type())
                                + "; a key consists of strings, numbers, bools, timestamps and bytes");
            }
        }
        return columns.size() == fields.size() ? Optional.of(new RowType(columns)) : Optional.empty();
    }

    /**
     * Equal keys have equal bytes on every edge of a stage, so all are written under the names of its first key.
     *
     * @param own the fields of the key in {@code rows}
     * @param stage the key of the stage, of the same types
     */
    static Partitioning partitioning(String from, RowType rows, RowType own, RowType stage) {
        int[] indexes = own.columns().stream()
                .mapToInt(column -> rows.indexOf(column.name()))
                .toArray();
        return new Partitioning.ByKey<Row, Row>(new KeyOf(from, own, stage, indexes), RowCodec.of(stage));
    }
}
