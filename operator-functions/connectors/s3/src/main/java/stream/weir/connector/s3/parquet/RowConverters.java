package stream.weir.connector.s3.parquet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.Schema;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;

/** Makes rows of what Parquet's assembly tells, for a file's own types; those that have no place in a row are refused at once. */
final class RowConverters {
    private RowConverters() {}

    /**
     * @param file what of the file is read: a field for each column, in their order
     * @throws IllegalArgumentException when types do not go together
     */
    static GroupConverter row(GroupType file, RowType rows, Consumer<Row> out) {
        return new Fields(file, rows, out);
    }

    private static Converter of(Type file, Schema schema, Consumer<@Nullable Object> out) {
        return switch (schema) {
            case Schema.Nullable(Schema of) -> of(file, of, out);
            case Primitive primitive -> ScalarConverter.of(file, primitive, out);
            case Schema.ListOf(Schema element) -> list(file, element, out);
            case Schema.MapOf(Schema key, Schema value) -> map(file, key, value, out);
            case Schema.Struct struct -> new Fields(group(file, schema), RowType.of(struct), out::accept);
            default -> throw ScalarConverter.refused(file, schema);
        };
    }

    private static GroupType group(Type file, Schema schema) {
        if (file.isPrimitive() || file.isRepetition(Repetition.REPEATED)) {
            throw ScalarConverter.refused(file, schema);
        }
        return file.asGroupType();
    }

    private static Converter list(Type file, Schema element, Consumer<@Nullable Object> out) {
        boolean annotated = file.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation;
        GroupType outer = annotated ? group(file, new Schema.ListOf(element)) : refuseList(file, element);
        Type repeated = outer.getType(0);
        // Writers of old left the middle level out; where it is there, it has one field.
        if (repeated.isPrimitive() || repeated.asGroupType().getFieldCount() != 1) {
            throw ScalarConverter.refused(file, new Schema.ListOf(element));
        }
        List<@Nullable Object> values = new ArrayList<>();
        Entry entry = new Entry(1, slots -> values.add(slots[0]));
        entry.converters[0] = of(repeated.asGroupType().getType(0), element, value -> entry.slots[0] = value);
        return new Repeated(entry, values::clear, () -> out.accept(new ArrayList<>(values)));
    }

    private static GroupType refuseList(Type file, Schema element) {
        throw ScalarConverter.refused(file, new Schema.ListOf(element));
    }

    private static Converter map(Type file, Schema key, Schema value, Consumer<@Nullable Object> out) {
        GroupType outer = group(file, new Schema.MapOf(key, value));
        if (outer.getFieldCount() != 1
                || outer.getType(0).isPrimitive()
                || outer.getType(0).asGroupType().getFieldCount() != 2) {
            throw ScalarConverter.refused(file, new Schema.MapOf(key, value));
        }
        GroupType pair = outer.getType(0).asGroupType();
        Map<@Nullable Object, @Nullable Object> values = new HashMap<>();
        Entry entry = new Entry(2, slots -> values.put(slots[0], slots[1]));
        entry.converters[0] = of(pair.getType(0), key, each -> entry.slots[0] = each);
        entry.converters[1] = of(pair.getType(1), value, each -> entry.slots[1] = each);
        return new Repeated(entry, values::clear, () -> out.accept(new HashMap<>(values)));
    }

    /** A row, or one within. */
    private static final class Fields extends GroupConverter {
        private final RowType rows;
        private final Converter[] converters;
        private final Consumer<Row> out;
        private @Nullable Object[] values;

        Fields(GroupType file, RowType rows, Consumer<Row> out) {
            this.rows = rows;
            this.out = out;
            this.values = new Object[rows.size()];
            this.converters = new Converter[file.getFieldCount()];
            for (int i = 0; i < converters.length; i++) {
                Type field = file.getType(i);
                int index = rows.indexOf(field.getName());
                converters[i] = of(field, rows.columns().get(index).type(), value -> values[index] = value);
            }
        }

        @Override
        public Converter getConverter(int field) {
            return converters[field];
        }

        @Override
        public void start() {
            values = new Object[rows.size()];
        }

        @Override
        public void end() {
            out.accept(Row.of(rows, values));
        }
    }

    /** An element of a list, or a pair of a map: what is not told is null. */
    private static final class Entry extends GroupConverter {
        private final Converter[] converters;
        private final Consumer<@Nullable Object[]> out;
        private @Nullable Object[] slots;

        Entry(int size, Consumer<@Nullable Object[]> out) {
            this.converters = new Converter[size];
            this.slots = new Object[size];
            this.out = out;
        }

        @Override
        public Converter getConverter(int field) {
            return converters[field];
        }

        @Override
        public void start() {
            slots = new Object[slots.length];
        }

        @Override
        public void end() {
            out.accept(slots);
        }
    }

    /** The group around repeated entries. */
    private static final class Repeated extends GroupConverter {
        private final Entry entry;
        private final Runnable begin;
        private final Runnable finish;

        Repeated(Entry entry, Runnable begin, Runnable finish) {
            this.entry = entry;
            this.begin = begin;
            this.finish = finish;
        }

        @Override
        public Converter getConverter(int field) {
            return entry;
        }

        @Override
        public void start() {
            begin.run();
        }

        @Override
        public void end() {
            finish.run();
        }
    }
}
