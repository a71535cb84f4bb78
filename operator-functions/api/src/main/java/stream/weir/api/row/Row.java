package stream.weir.api.row;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An ordered set of named, nullable values. Immutable; two rows are equal when their types and values are. */
public final class Row {
    private final RowType type;
    private final @Nullable Object[] values;

    private Row(RowType type, @Nullable Object[] values) {
        this.type = type;
        this.values = values;
    }

    /**
     * @param values one for each column of {@code type}, of the classes that {@link RowType} lists; copied
     */
    public static Row of(RowType type, @Nullable Object... values) {
        return owning(type, values.clone());
    }

    /** As {@link #of}, but takes the array itself: the caller must not touch it afterwards. */
    public static Row owning(RowType type, @Nullable Object[] values) {
        if (values.length != type.size()) {
            throw new IllegalArgumentException(values.length + " values for the " + type.size() + " fields of " + type);
        }
        return new Row(type, values);
    }

    public RowType type() {
        return type;
    }

    /** The value at a position; null where the field is null. */
    public @Nullable Object get(int index) {
        return values[index];
    }

    /**
     * The value of a field; null where the field is null.
     *
     * @throws IllegalArgumentException when there is no such field
     */
    public @Nullable Object get(String name) {
        int index = type.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("no field " + name + " in " + type);
        }
        return values[index];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Row row && Arrays.equals(values, row.values) && type.equals(row.type);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < values.length; i++) {
            text.append(i == 0 ? "" : ", ")
                    .append(type.columns().get(i).name())
                    .append(": ")
                    .append(values[i]);
        }
        return text.append('}').toString();
    }
}
