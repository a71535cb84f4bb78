package stream.weir.definition.compile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import stream.weir.api.codec.Schema;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.api.row.RowType;
import stream.weir.definition.yaml.Cursor;
import stream.weir.definition.yaml.Fields;

/**
 * Reads a {@code schema}: field names to types. A type is a word, {@code list(TYPE)}, {@code map(TYPE, TYPE)}, or a mapping of
 * fields to types for a row in the row.
 */
final class SchemaReader {
    private static final Map<String, Schema> WORDS = words();
    private static final Pattern LIST = Pattern.compile("list\\((.+)\\)");
    private static final Pattern MAP = Pattern.compile("map\\(\\s*([a-z]+)\\s*,(.+)\\)");

    Optional<RowType> read(Cursor cursor) {
        return cursor.fields().flatMap(this::row);
    }

    private Optional<RowType> row(Fields fields) {
        List<RowType.Column> columns = new ArrayList<>();
        Map<String, Cursor> all = fields.all();
        all.forEach((name, value) -> type(value).ifPresent(type -> columns.add(new RowType.Column(name, type))));
        if (all.isEmpty()) {
            fields.mapping().problem("needs at least one field");
            return Optional.empty();
        }
        return columns.size() == all.size() ? Optional.of(new RowType(columns)) : Optional.empty();
    }

    private Optional<Schema> type(Cursor cursor) {
        if (cursor.isMapping()) {
            return cursor.fields().flatMap(this::row).map(RowType::schema);
        }
        if (cursor.isNull()) {
            cursor.problem("needs a type: " + String.join(", ", WORDS.keySet()));
            return Optional.empty();
        }
        return cursor.scalar().flatMap(spelled -> {
            Optional<Schema> type = named(spelled.strip());
            if (type.isEmpty()) {
                cursor.problems()
                        .addMisspelled(
                                cursor.place(),
                                spelled,
                                "no such type; a type is one of " + String.join(", ", WORDS.keySet())
                                        + ", list(TYPE), map(TYPE, TYPE)",
                                WORDS.keySet());
            }
            return type;
        });
    }

    private static Optional<Schema> named(String spelled) {
        Matcher list = LIST.matcher(spelled);
        if (list.matches()) {
            return named(list.group(1).strip()).map(Schema.ListOf::new);
        }
        Matcher map = MAP.matcher(spelled);
        if (map.matches()) {
            return named(map.group(1))
                    .flatMap(key -> named(map.group(2).strip()).map(value -> new Schema.MapOf(key, value)));
        }
        return Optional.ofNullable(WORDS.get(spelled));
    }

    private static Map<String, Schema> words() {
        Map<String, Schema> words = new LinkedHashMap<>();
        words.put("string", Primitive.STRING);
        words.put("int", Primitive.INT64);
        words.put("double", Primitive.DOUBLE);
        words.put("bool", Primitive.BOOL);
        words.put("timestamp", Primitive.TIMESTAMP);
        words.put("bytes", Primitive.BYTES);
        return words;
    }
}
