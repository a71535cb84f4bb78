package stream.weir.connector.kafka;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import stream.weir.api.codec.Schema.ListOf;
import stream.weir.api.codec.Schema.MapOf;
import stream.weir.api.codec.Schema.Nullable;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.api.codec.Schema.Struct;
import stream.weir.api.row.RowType;

/** Types of rows for schemas of Avro, and the other way round. */
final class AvroTypes {
    private AvroTypes() {}

    /**
     * @throws IllegalArgumentException when the text is no schema of a record
     */
    static Schema parse(String text) {
        Schema schema;
        try {
            schema = new Schema.Parser().parse(text);
        } catch (AvroRuntimeException e) {
            throw new IllegalArgumentException("the Avro schema cannot be read: " + e.getMessage(), e);
        }
        if (schema.getType() != Schema.Type.RECORD) {
            throw new IllegalArgumentException(
                    "the Avro schema is of a " + schema.getType().getName() + ", but rows are made of a record");
        }
        return schema;
    }

    /**
     * The rows that records of a schema are.
     *
     * @throws IllegalArgumentException naming the field that no row can have
     */
    static RowType rows(Schema record) {
        return rows(record, "");
    }

    private static RowType rows(Schema record, String path) {
        List<RowType.Column> columns = new ArrayList<>();
        for (Schema.Field field : record.getFields()) {
            String at = path.isEmpty() ? field.name() : path + "." + field.name();
            stream.weir.api.codec.Schema type = type(field.schema(), at);
            columns.add(new RowType.Column(field.name(), type instanceof Nullable nullable ? nullable.of() : type));
        }
        return new RowType(columns);
    }

    private static stream.weir.api.codec.Schema type(Schema schema, String path) {
        return switch (schema.getType()) {
            case STRING, ENUM -> Primitive.STRING;
            case INT -> Primitive.INT64;
            case LONG -> isTime(schema.getLogicalType()) ? Primitive.TIMESTAMP : Primitive.INT64;
            case FLOAT, DOUBLE -> Primitive.DOUBLE;
            case BOOLEAN -> Primitive.BOOL;
            case BYTES, FIXED -> Primitive.BYTES;
            case ARRAY -> new ListOf(type(schema.getElementType(), path + "[]"));
            case MAP -> new MapOf(Primitive.STRING, type(schema.getValueType(), path + "{}"));
            case RECORD -> rows(schema, path).schema();
            case UNION -> union(schema, path);
            case NULL -> throw unsupported(schema, path);
        };
    }

    private static stream.weir.api.codec.Schema union(Schema schema, String path) {
        List<Schema> others = schema.getTypes().stream()
                .filter(each -> each.getType() != Schema.Type.NULL)
                .toList();
        if (others.size() != 1) {
            throw unsupported(schema, path);
        }
        stream.weir.api.codec.Schema type = type(others.getFirst(), path);
        return others.size() < schema.getTypes().size() ? new Nullable(type) : type;
    }

    private static IllegalArgumentException unsupported(Schema schema, String path) {
        return new IllegalArgumentException(
                "field " + path + " of the Avro schema is " + schema + ": rows have one type for each field, or null");
    }

    static boolean isTime(LogicalType type) {
        return type instanceof LogicalTypes.TimestampMillis || type instanceof LogicalTypes.TimestampMicros;
    }

    /**
     * A schema for rows: every field may be null.
     *
     * @throws IllegalArgumentException when a field has a name or a type that Avro does not know
     */
    static Schema schema(RowType rows) {
        try {
            return record(rows.schema(), "Row");
        } catch (AvroRuntimeException e) {
            throw new IllegalArgumentException("the rows have no Avro schema: " + e.getMessage(), e);
        }
    }

    private static Schema record(Struct struct, String name) {
        List<Schema.Field> fields = new ArrayList<>();
        for (stream.weir.api.codec.Schema.Field field : struct.fields()) {
            Schema type = optional(schema(field.type(), name + "_" + field.name()));
            fields.add(new Schema.Field(field.name(), type, null, Schema.Field.NULL_DEFAULT_VALUE));
        }
        return Schema.createRecord(name, null, "stream.weir.rows", false, fields);
    }

    private static Schema optional(Schema schema) {
        return schema.isUnion() ? schema : Schema.createUnion(Schema.create(Schema.Type.NULL), schema);
    }

    private static Schema schema(stream.weir.api.codec.Schema type, String name) {
        return switch (type) {
            case Nullable nullable -> optional(schema(nullable.of(), name));
            case ListOf list -> Schema.createArray(schema(list.element(), name));
            case MapOf map -> Schema.createMap(schema(map.value(), name));
            case Struct struct -> record(struct, name);
            case Primitive.STRING -> Schema.create(Schema.Type.STRING);
            case Primitive.INT64 -> Schema.create(Schema.Type.LONG);
            case Primitive.DOUBLE -> Schema.create(Schema.Type.DOUBLE);
            case Primitive.BOOL -> Schema.create(Schema.Type.BOOLEAN);
            case Primitive.BYTES -> Schema.create(Schema.Type.BYTES);
            case Primitive.TIMESTAMP -> LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
            default -> throw new IllegalArgumentException("a field of type " + type + " has no Avro type here");
        };
    }
}
