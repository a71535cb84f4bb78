package stream.weir.connector.s3.parquet;

import java.util.Optional;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import stream.weir.api.codec.Schema;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.api.row.RowType;

/** The types of rows as those of Parquet files. Every field is optional. */
public final class ParquetTypes {
    private ParquetTypes() {}

    /** A sentence about a field that Parquet cannot hold. */
    public static Optional<String> problem(RowType rows) {
        try {
            message(rows);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    static MessageType message(RowType rows) {
        Types.MessageTypeBuilder message = Types.buildMessage();
        for (RowType.Column column : rows.columns()) {
            message.addField(field(column.name(), column.type()));
        }
        return message.named("row");
    }

    private static Type field(String name, Schema schema) {
        return switch (schema) {
            case Schema.Nullable(Schema of) -> field(name, of);
            case Primitive primitive -> primitive(name, primitive);
            case Schema.ListOf(Schema element) ->
                Types.optionalList().element(field("element", element)).named(name);
            case Schema.MapOf(Schema key, Schema value) ->
                Types.optionalMap()
                        .key(required(field("key", key)))
                        .value(field("value", value))
                        .named(name);
            case Schema.Struct struct -> {
                Types.GroupBuilder<org.apache.parquet.schema.GroupType> group = Types.optionalGroup();
                for (Schema.Field field : struct.fields()) {
                    group.addField(field(field.name(), field.type()));
                }
                yield group.named(name);
            }
            default -> throw refused(name, schema);
        };
    }

    private static Type required(Type key) {
        if (!key.isPrimitive()) {
            throw new IllegalArgumentException("Parquet cannot hold a map whose keys are " + key + ".");
        }
        return Types.required(key.asPrimitiveType().getPrimitiveTypeName())
                .as(key.getLogicalTypeAnnotation())
                .named("key");
    }

    private static Type primitive(String name, Primitive type) {
        return switch (type) {
            case STRING ->
                Types.optional(PrimitiveTypeName.BINARY)
                        .as(LogicalTypeAnnotation.stringType())
                        .named(name);
            case BYTES -> Types.optional(PrimitiveTypeName.BINARY).named(name);
            case INT64 -> Types.optional(PrimitiveTypeName.INT64).named(name);
            case DOUBLE -> Types.optional(PrimitiveTypeName.DOUBLE).named(name);
            case BOOL -> Types.optional(PrimitiveTypeName.BOOLEAN).named(name);
            case TIMESTAMP ->
                Types.optional(PrimitiveTypeName.INT64)
                        .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS))
                        .named(name);
            default -> throw refused(name, type);
        };
    }

    private static IllegalArgumentException refused(String name, Schema type) {
        return new IllegalArgumentException("The field " + name + " is of the type " + type
                + ", which Parquet files of this connector do not have.");
    }
}
