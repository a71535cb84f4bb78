package stream.weir.definition.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stream.weir.api.codec.Schema;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.api.row.RowType;
import stream.weir.definition.spec.ConnectorSpec;
import stream.weir.definition.yaml.Cursor;
import stream.weir.definition.yaml.Fields;

/**
 * The rows of the sources that every stage image has, told by their options alone, for those who do not have the connectors. Of a
 * source that is not one of those, and of options that are not plain, nothing is said. {@code StockRowsTest} holds it to the connectors.
 */
final class StockRows {
    private static final Map<String, Schema> METADATA = Map.of(
            "key", Primitive.STRING,
            "keyBytes", Primitive.BYTES,
            "topic", Primitive.STRING,
            "partition", Primitive.INT64,
            "offset", Primitive.INT64,
            "timestamp", Primitive.TIMESTAMP);

    private StockRows() {}

    static Optional<RowType> of(ConnectorSpec connector) {
        Fields options = connector.options();
        return switch (connector.type().value()) {
            case "file", "s3", "http" ->
                isFormat(options, "text") ? Optional.of(single("line", Primitive.STRING)) : schema(options);
            case "kafka" -> kafka(options);
            case "generator" -> generator(options);
            default -> Optional.empty();
        };
    }

    private static boolean isFormat(Fields options, String format) {
        return options.find("format").flatMap(Cursor::plain).equals(Optional.of(format));
    }

    private static Optional<RowType> schema(Fields options) {
        return options.find("schema").flatMap(new SchemaReader()::read);
    }

    private static RowType single(String name, Schema type) {
        return new RowType(List.of(new RowType.Column(name, type)));
    }

    private static Optional<RowType> kafka(Fields options) {
        if (isFormat(options, "avro")) {
            return Optional.empty();
        }
        Optional<RowType> value = isFormat(options, "text")
                ? Optional.of(single("value", Primitive.STRING))
                : isFormat(options, "bytes") ? Optional.of(single("value", Primitive.BYTES)) : schema(options);
        return value.flatMap(rows -> withMetadata(rows, options));
    }

    private static Optional<RowType> withMetadata(RowType value, Fields options) {
        List<RowType.Column> columns = new ArrayList<>(value.columns());
        Map<?, ?> metadata = mapping(options, "metadata");
        for (Map.Entry<?, ?> field : metadata.entrySet()) {
            Optional<Schema> type = Optional.ofNullable(METADATA.get(String.valueOf(field.getValue())));
            String name = String.valueOf(field.getKey());
            if (type.isEmpty()
                    || columns.stream().anyMatch(column -> column.name().equals(name))) {
                return Optional.empty();
            }
            columns.add(new RowType.Column(name, type.get()));
        }
        return Optional.of(new RowType(columns));
    }

    private static Optional<RowType> generator(Fields options) {
        List<RowType.Column> columns = new ArrayList<>();
        Map<?, ?> fields = mapping(options, "fields");
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            Optional<Schema> type = field.getValue() instanceof Map<?, ?> rule ? ruled(rule) : Optional.empty();
            if (type.isEmpty()) {
                return Optional.empty();
            }
            columns.add(new RowType.Column(String.valueOf(field.getKey()), type.get()));
        }
        return columns.isEmpty() ? Optional.empty() : Optional.of(new RowType(columns));
    }

    /** What a rule of the generator makes. */
    private static Optional<Schema> ruled(Map<?, ?> rule) {
        if (rule.containsKey("prefix")) {
            return Optional.of(Primitive.STRING);
        }
        List<Optional<Schema>> types = rule.entrySet().stream()
                .filter(part -> !"nulls".equals(part.getKey()))
                .map(part -> ruled(String.valueOf(part.getKey()), part.getValue()))
                .toList();
        return types.size() == 1 ? types.getFirst() : Optional.empty();
    }

    private static Optional<Schema> ruled(String rule, Object value) {
        return switch (rule) {
            case "sequence", "random" -> Optional.of(Primitive.INT64);
            case "randomDouble" -> Optional.of(Primitive.DOUBLE);
            case "randomBool" -> Optional.of(Primitive.BOOL);
            case "randomText" -> Optional.of(Primitive.STRING);
            case "randomBytes" -> Optional.of(Primitive.BYTES);
            case "time" -> Optional.of(Primitive.TIMESTAMP);
            case "constant" -> common(List.of(value));
            case "oneOf" -> value instanceof List<?> values ? common(values) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Schema> common(List<?> values) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        if (values.stream().allMatch(Number.class::isInstance)) {
            return Optional.of(values.stream().allMatch(Long.class::isInstance) ? Primitive.INT64 : Primitive.DOUBLE);
        }
        if (values.stream().allMatch(Boolean.class::isInstance)) {
            return Optional.of(Primitive.BOOL);
        }
        return values.stream().allMatch(String.class::isInstance) ? Optional.of(Primitive.STRING) : Optional.empty();
    }

    private static Map<?, ?> mapping(Fields options, String name) {
        return options.find(name)
                .flatMap(Cursor::plain)
                .filter(Map.class::isInstance)
                .map(plain -> (Map<?, ?>) plain)
                .orElse(Map.of());
    }
}
