package stream.weir.api.codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads values by their schema alone, without the types and codecs that wrote them, as tools do that look into checkpoints. Structs
 * become maps by field, maps with keys other than strings lists of {@code key} and {@code value}, numbers {@link Long} and
 * {@link Double}, everything without a form of its own its text; what is opaque becomes its bytes in hexadecimal. Stateless.
 */
public final class SchemaValues {
    private SchemaValues() {}

    /**
     * Reads one value and leaves the reader behind it; one that is opaque takes all bytes that are left.
     *
     * @return null for null
     * @throws MalformedDataException when the bytes are not such a value
     */
    public static @Nullable Object read(Schema schema, ByteReader in) {
        return schema instanceof Schema.Opaque(String name)
                ? opaque(name, in.readBytes(in.remaining()))
                : read(schema, in, Map.of());
    }

    private static @Nullable Object read(Schema schema, ByteReader in, Map<String, Schema> enclosing) {
        return switch (schema) {
            case Schema.Primitive primitive -> primitive(primitive, in);
            case Schema.Nullable(Schema of) -> in.readBoolean() ? read(of, in, enclosing) : null;
            case Schema.ListOf(Schema element) -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (int left = Encodings.readCount(in); left > 0; left--) {
                    list.add(read(element, in, enclosing));
                }
                yield list;
            }
            case Schema.MapOf(Schema key, Schema value) -> map(key, value, in, enclosing);
            case Schema.EnumOf(String name, List<String> constants) ->
                Encodings.readConstant(constants.toArray(String[]::new), in);
            case Schema.Struct struct -> struct(struct, in, enclosing);
            case Schema.Union union -> union(union, in, enclosing);
            case Schema.Opaque(String name) -> opaque(name, in.readLengthPrefixed());
            case Schema.Reference(String name) ->
                read(
                        Optional.ofNullable(enclosing.get(name))
                                .orElseThrow(() -> new MalformedDataException(
                                        "a schema refers to " + name + ", but is not within it")),
                        in,
                        enclosing);
        };
    }

    private static Object primitive(Schema.Primitive type, ByteReader in) {
        return switch (type) {
            case BOOL -> in.readBoolean();
            case INT8 -> (long) in.readByte();
            case INT16 -> (long) in.readShort();
            case INT32 -> (long) in.readInt();
            case INT64 -> in.readLong();
            case FLOAT -> (double) in.readFloat();
            case DOUBLE -> in.readDouble();
            case CHAR -> String.valueOf(Encodings.readChar(in));
            case STRING -> in.readString();
            case BYTES -> Encodings.readBytes(in).toHex();
            case TIMESTAMP -> Encodings.readInstant(in).toString();
            case DATE -> Encodings.readDate(in).toString();
            case TIME -> Encodings.readTime(in).toString();
            case DATE_TIME -> Encodings.readDateTime(in).toString();
            case DURATION -> Encodings.readDuration(in).toString();
            case UUID -> Encodings.readUuid(in).toString();
            case DECIMAL -> Encodings.readDecimal(in).toString();
        };
    }

    private static Object map(Schema key, Schema value, ByteReader in, Map<String, Schema> enclosing) {
        Map<String, @Nullable Object> byText = new LinkedHashMap<>();
        List<Object> entries = new ArrayList<>();
        for (int left = Encodings.readCount(in); left > 0; left--) {
            Object eachKey = read(key, in, enclosing);
            Object eachValue = read(value, in, enclosing);
            byText.put(String.valueOf(eachKey), eachValue);
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            entry.put("key", eachKey);
            entry.put("value", eachValue);
            entries.add(entry);
        }
        return key == Schema.Primitive.STRING ? byText : entries;
    }

    private static Map<String, @Nullable Object> struct(
            Schema.Struct struct, ByteReader in, Map<String, Schema> enclosing) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        List<Schema.Field> fields = struct.fields();
        if (fields.isEmpty()) {
            Encodings.readNothing(in);
            return values;
        }
        Map<String, Schema> within = with(enclosing, struct.name(), struct);
        int nullable = (int) fields.stream()
                .filter(field -> field.type() instanceof Schema.Nullable)
                .count();
        byte[] nulls = in.readBytes((nullable + 7) >> 3);
        int bit = 0;
        for (Schema.Field field : fields) {
            if (field.type() instanceof Schema.Nullable(Schema of)) {
                boolean isNull = (nulls[bit >> 3] >> (bit & 7) & 1) != 0;
                bit++;
                values.put(field.name(), isNull ? null : read(of, in, within));
            } else {
                values.put(field.name(), read(field.type(), in, within));
            }
        }
        return values;
    }

    private static Object union(Schema.Union union, ByteReader in, Map<String, Schema> enclosing) {
        int index = in.readVarInt();
        if (index < 0 || index >= union.variants().size()) {
            throw Encodings.malformed(union.name() + " has no variant number " + Integer.toUnsignedString(index), in);
        }
        Schema.Struct variant = union.variants().get(index);
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("type", variant.name());
        values.putAll(struct(variant, in, with(enclosing, union.name(), union)));
        return values;
    }

    private static Map<String, Schema> with(Map<String, Schema> enclosing, String name, Schema schema) {
        Map<String, Schema> within = new LinkedHashMap<>(enclosing);
        within.put(name, schema);
        return within;
    }

    private static Map<String, Object> opaque(String name, byte[] bytes) {
        return Map.of(name, Bytes.of(bytes).toHex());
    }
}
