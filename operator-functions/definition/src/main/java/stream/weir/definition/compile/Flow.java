package stream.weir.definition.compile;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import stream.weir.api.row.RowType;
import stream.weir.definition.expression.TypeWords;

/**
 * What a step gets.
 *
 * @param rows the type of the rows
 * @param key the fields of the key; absent in a stage without a source of keys
 */
record Flow(RowType rows, Optional<RowType> key) {
    Flow with(RowType next) {
        return new Flow(next, key);
    }

    /** The fields' names, for messages. */
    static List<String> names(RowType rows) {
        return rows.columns().stream().map(RowType.Column::name).toList();
    }

    /** The fields as a file spells them, for messages. */
    static String spelled(RowType rows) {
        return rows.columns().stream()
                .map(column -> column.name() + ": " + TypeWords.spelled(column.type()))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
