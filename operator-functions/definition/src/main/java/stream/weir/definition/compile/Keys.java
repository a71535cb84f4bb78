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
    static final RowType ALL = new RowType(List.of(new RowType.Column("all", Schema.Primitive.BOOL)));

    private static final Row ONLY_KEY = Row.of(ALL, true);

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

    static Partitioning partitioning(String from, RowType key, RowType rows) {
        int[] indexes = key.columns().stream()
                .mapToInt(column -> rows.indexOf(column.name()))
                .toArray();
        return new Partitioning.ByKey<Row, Row>(new KeyOf(from, key, indexes), RowCodec.of(key));
    }

    static Partitioning constant() {
        return new Partitioning.ByKey<Row, Row>(row -> ONLY_KEY, RowCodec.of(ALL));
    }
}
