package stream.weir.api.row;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import stream.weir.api.codec.Schema;

/**
 * The names and types of a row's fields, in order. Every field may be null. Values are {@code String}, {@code Long} (int),
 * {@code Double}, {@code Boolean} (bool), {@link java.time.Instant} (timestamp), {@link stream.weir.api.codec.Bytes}, {@code
 * List}, {@code Map} or {@link Row}.
 */
public final class RowType {
    private final List<Column> columns;
    private final Map<String, Integer> indexes;

    /** @param type the type without {@link Schema.Nullable}: that every field may be null goes without saying */
    public record Column(String name, Schema type) {}

    public RowType(List<Column> columns) {
        this.columns = List.copyOf(columns);
        this.indexes = index(this.columns);
    }

    /**
     * The type of rows with these fields; nullable fields and others become the same.
     *
     * @throws IllegalArgumentException when two fields have the same name
     */
    public static RowType of(Schema.Struct struct) {
        return new RowType(struct.fields().stream()
                .map(field -> new Column(
                        field.name(), field.type() instanceof Schema.Nullable nullable ? nullable.of() : field.type()))
                .toList());
    }

    public List<Column> columns() {
        return columns;
    }

    public int size() {
        return columns.size();
    }

    /** The position of the field {@code name}, or -1 where there is none. */
    public int indexOf(String name) {
        return indexes.getOrDefault(name, -1);
    }

    /** The type that its rows have in a checkpoint. */
    public Schema.Struct schema() {
        List<Schema.Field> fields = new ArrayList<>(columns.size());
        for (Column column : columns) {
            fields.add(new Schema.Field(column.name(), new Schema.Nullable(column.type())));
        }
        return new Schema.Struct("row", List.copyOf(fields));
    }

    private static Map<String, Integer> index(List<Column> columns) {
        Map<String, Integer> indexes = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            if (indexes.put(columns.get(i).name(), i) != null) {
                throw new IllegalArgumentException(
                        "a row has two fields named " + columns.get(i).name());
            }
        }
        return indexes;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof RowType type && columns.equals(type.columns));
    }

    @Override
    public int hashCode() {
        return columns.hashCode();
    }

    @Override
    public String toString() {
        return columns.toString();
    }
}
