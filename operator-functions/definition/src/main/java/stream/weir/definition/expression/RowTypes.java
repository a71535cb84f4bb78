package stream.weir.definition.expression;

import stream.weir.api.codec.Schema;
import stream.weir.api.row.RowType;

/** Row types of schemas. */
public final class RowTypes {
    private RowTypes() {}

    /** The type of the rows that {@code struct} describes: the inverse of {@link RowType#schema()}. */
    public static RowType of(Schema.Struct struct) {
        return new RowType(struct.fields().stream()
                .map(field -> new RowType.Column(field.name(), bare(field.type())))
                .toList());
    }

    private static Schema bare(Schema schema) {
        return schema instanceof Schema.Nullable nullable ? nullable.of() : schema;
    }

    /** A type as pipeline files spell it. */
    public static String spelled(Schema schema) {
        return switch (schema) {
            case Schema.Nullable nullable -> spelled(nullable.of());
            case Schema.Primitive primitive -> spelled(primitive);
            case Schema.ListOf list -> "list(" + spelled(list.element()) + ")";
            case Schema.MapOf map -> "map(" + spelled(map.key()) + ", " + spelled(map.value()) + ")";
            case Schema.Struct row -> "row";
            default -> schema.toString();
        };
    }

    private static String spelled(Schema.Primitive primitive) {
        return switch (primitive) {
            case INT64 -> "int";
            case BOOL, DOUBLE, STRING, TIMESTAMP, BYTES -> primitive.name().toLowerCase(java.util.Locale.ROOT);
            default -> primitive.name();
        };
    }
}
