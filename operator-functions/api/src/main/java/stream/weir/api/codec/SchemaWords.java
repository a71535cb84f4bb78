package stream.weir.api.codec;

/** A schema as people say it. */
final class SchemaWords {
    private SchemaWords() {}

    /** With an article, without the parts of records. */
    static String of(Schema schema) {
        return switch (schema) {
            case Schema.Primitive primitive -> primitive(primitive);
            case Schema.Nullable nullable -> of(nullable.of()) + " or null";
            case Schema.ListOf list -> "a list with " + of(list.element()) + " as element";
            case Schema.MapOf map -> "a map from " + of(map.key()) + " to " + of(map.value());
            case Schema.EnumOf type -> "the enum " + type.name();
            case Schema.Struct struct -> "the record " + struct.name();
            case Schema.Union union -> "the sealed type " + union.name();
            case Schema.Opaque opaque -> "the opaque type " + opaque.name();
            case Schema.Reference reference -> "the enclosing type " + reference.name();
        };
    }

    private static String primitive(Schema.Primitive primitive) {
        return switch (primitive) {
            case BOOL -> "a bool";
            case INT8 -> "an int8 (byte)";
            case INT16 -> "an int16 (short)";
            case INT32 -> "an int32 (int)";
            case INT64 -> "an int64 (long)";
            case FLOAT -> "a float";
            case DOUBLE -> "a double";
            case CHAR -> "a char";
            case STRING -> "a string";
            case BYTES -> "bytes";
            case TIMESTAMP -> "a timestamp";
            case DATE -> "a date";
            case TIME -> "a time of day";
            case DATE_TIME -> "a date and time";
            case DURATION -> "a duration";
            case UUID -> "a UUID";
            case DECIMAL -> "a decimal";
        };
    }
}
