package stream.weir.definition.expression;

import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.Schema;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;

/** The values of fields as CEL's runtime has them, and back. */
final class CelValues {
    private CelValues() {}

    static Object toCel(@Nullable Object value) {
        return switch (value) {
            case null -> NullValue.NULL_VALUE;
            case Bytes bytes -> CelByteString.of(bytes.toByteArray());
            case Row row -> ofRow(row);
            case List<?> list -> {
                List<Object> converted = new ArrayList<>(list.size());
                list.forEach(element -> converted.add(toCel(element)));
                yield converted;
            }
            case Map<?, ?> map -> {
                Map<Object, Object> converted = LinkedHashMap.newLinkedHashMap(map.size());
                map.forEach((key, element) -> converted.put(toCel(key), toCel(element)));
                yield converted;
            }
            default -> value;
        };
    }

    private static Map<String, Object> ofRow(Row row) {
        Map<String, Object> fields = LinkedHashMap.newLinkedHashMap(row.type().size());
        for (int i = 0; i < row.type().size(); i++) {
            fields.put(row.type().columns().get(i).name(), toCel(row.get(i)));
        }
        return fields;
    }

    /** @param schema the type that the result was found to have */
    static @Nullable Object fromCel(@Nullable Object value, Schema schema) {
        if (value == null || value instanceof NullValue) {
            return null;
        }
        return switch (schema) {
            case Schema.Nullable nullable -> fromCel(value, nullable.of());
            case Schema.ListOf list when value instanceof List<?> elements -> list(elements, list.element());
            case Schema.MapOf map when value instanceof Map<?, ?> entries -> map(entries, map);
            case Schema.Struct struct when value instanceof Map<?, ?> fields -> row(fields, struct);
            default -> value instanceof CelByteString bytes ? Bytes.of(bytes.toByteArray()) : value;
        };
    }

    private static List<@Nullable Object> list(List<?> elements, Schema element) {
        List<@Nullable Object> converted = new ArrayList<>(elements.size());
        elements.forEach(value -> converted.add(part(value, element)));
        return Collections.unmodifiableList(converted);
    }

    private static @Nullable Object part(@Nullable Object value, Schema type) {
        Object converted = fromCel(value, type);
        if (converted == null && !(type instanceof Schema.Nullable)) {
            throw new EvaluationFault("a null inside of a list or map of " + TypeWords.spelled(type));
        }
        return converted;
    }

    private static Map<@Nullable Object, @Nullable Object> map(Map<?, ?> entries, Schema.MapOf type) {
        Map<@Nullable Object, @Nullable Object> converted = LinkedHashMap.newLinkedHashMap(entries.size());
        entries.forEach((key, value) -> converted.put(part(key, type.key()), part(value, type.value())));
        return Collections.unmodifiableMap(converted);
    }

    private static Row row(Map<?, ?> fields, Schema.Struct struct) {
        RowType type = RowType.of(struct);
        @Nullable Object[] values = new Object[type.size()];
        for (int i = 0; i < values.length; i++) {
            RowType.Column column = type.columns().get(i);
            values[i] = fromCel(fields.get(column.name()), column.type());
        }
        return Row.owning(type, values);
    }
}
