package stream.weir.definition.compile;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;

/**
 * Takes the key out of a row.
 *
 * @param own the fields as they are called in the row
 * @param key the type of the key
 */
record KeyOf(String from, RowType own, RowType key, int[] indexes) implements Function<Row, Row> {
    /**
     * @throws NullKeyException when a field of the key is null
     */
    @Override
    public Row apply(Row row) {
        @Nullable Object[] values = new Object[indexes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.get(indexes[i]);
            if (values[i] == null) {
                throw new NullKeyException(from, own.columns().get(i).name(), row);
            }
        }
        return Row.owning(key, values);
    }
}
