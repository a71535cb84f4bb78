package stream.weir.connector.kafka;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.Bytes;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;

/** Rows from generic records of Avro, and the other way round. One thread at a time. */
final class AvroRows {
    private final Map<Schema, RowType> types = new HashMap<>();

    Row row(IndexedRecord record) {
        Schema schema = record.getSchema();
        RowType type = types.computeIfAbsent(schema, AvroTypes::rows);
        @Nullable Object[] values = new @Nullable Object[type.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(record.get(i), schema.getFields().get(i).schema());
        }
        return Row.owning(type, values);
    }

    private @Nullable Object value(@Nullable Object value, Schema schema) {
        return switch (value) {
            case null -> null;
            case IndexedRecord record -> row(record);
            case Integer number -> number.longValue();
            case Long number -> number(number, plain(schema));
            case Float number -> number.doubleValue();
            case Double number -> number;
            case Boolean truth -> truth;
            case ByteBuffer bytes -> bytes(bytes);
            case GenericFixed fixed -> Bytes.of(fixed.bytes());
            case List<?> list -> {
                List<@Nullable Object> all = new ArrayList<>(list.size());
                list.forEach(each -> all.add(value(each, plain(schema).getElementType())));
                yield all;
            }
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> all = new LinkedHashMap<>();
                map.forEach((key, each) ->
                        all.put(key.toString(), value(each, plain(schema).getValueType())));
                yield all;
            }
            default -> value.toString();
        };
    }

    private static Object number(Long number, Schema schema) {
        return switch (schema.getLogicalType()) {
            case LogicalTypes.TimestampMillis millis -> Instant.ofEpochMilli(number);
            case LogicalTypes.TimestampMicros micros -> Instant.EPOCH.plus(number, ChronoUnit.MICROS);
            case null, default -> number;
        };
    }

    private static Bytes bytes(ByteBuffer buffer) {
        byte[] content = new byte[buffer.remaining()];
        buffer.duplicate().get(content);
        return Bytes.of(content);
    }

    /** @throws IllegalArgumentException when a value does not fit the schema */
    GenericData.Record record(Row row, Schema schema) {
        GenericData.Record record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            Object value = row.get(field.name());
            if (value == null && !field.schema().isNullable()) {
                throw new IllegalArgumentException(
                        "field " + field.name() + " is null, which the Avro schema does not allow");
            }
            record.put(field.pos(), plainValue(value, plain(field.schema())));
        }
        return record;
    }

    private @Nullable Object plainValue(@Nullable Object value, Schema schema) {
        return switch (value) {
            case null -> null;
            case Row row -> record(row, schema);
            case Long number -> schema.getType() == Schema.Type.INT ? (Object) Math.toIntExact(number) : number;
            case Double number -> schema.getType() == Schema.Type.FLOAT ? (Object) number.floatValue() : number;
            case Instant time ->
                schema.getLogicalType() instanceof LogicalTypes.TimestampMillis
                        ? time.toEpochMilli()
                        : ChronoUnit.MICROS.between(Instant.EPOCH, time);
            case Bytes bytes ->
                schema.getType() == Schema.Type.FIXED
                        ? new GenericData.Fixed(schema, bytes.toByteArray())
                        : ByteBuffer.wrap(bytes.toByteArray());
            case List<?> list -> {
                List<@Nullable Object> all = new ArrayList<>(list.size());
                list.forEach(each -> all.add(plainValue(each, plain(schema.getElementType()))));
                yield all;
            }
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> all = new LinkedHashMap<>();
                map.forEach(
                        (key, each) -> all.put(String.valueOf(key), plainValue(each, plain(schema.getValueType()))));
                yield all;
            }
            case String text -> schema.getType() == Schema.Type.ENUM ? new GenericData.EnumSymbol(schema, text) : text;
            default -> value;
        };
    }

    /** The type beside null. */
    private static Schema plain(Schema schema) {
        if (!schema.isUnion()) {
            return schema;
        }
        for (Schema each : schema.getTypes()) {
            if (each.getType() != Schema.Type.NULL) {
                return each;
            }
        }
        return schema;
    }
}
