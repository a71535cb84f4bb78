package stream.weir.definition.expression;

import java.util.Locale;
import stream.weir.api.codec.Schema;

/** Types in the words of pipeline files. */
public final class TypeWords {
    private TypeWords() {}

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
            case BOOL, DOUBLE, STRING, TIMESTAMP, BYTES -> primitive.name().toLowerCase(Locale.ROOT);
            default -> primitive.name();
        };
    }
}
