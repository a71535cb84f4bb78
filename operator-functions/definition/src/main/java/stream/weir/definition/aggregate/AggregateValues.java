package stream.weir.definition.aggregate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.Schema;

/**
 * Reads accumulators of {@code aggregate} by their schema alone, as the parts write them: for tools that look into checkpoints
 * without the pipeline's file. Stateless.
 */
public final class AggregateValues {
    private static final String NAME = "aggregate";

    private AggregateValues() {}

    /** Whether values of this schema are such accumulators. */
    public static boolean holds(Schema schema) {
        return schema instanceof Schema.Struct(String name, List<Schema.Field> fields)
                && name.equals(NAME)
                && fields.stream().allMatch(field -> field.type() instanceof Schema.Opaque);
    }

    /**
     * What the parts have come to, by field. From the first part on whose form is not known here, the bytes stand under
     * {@code bytes}.
     */
    public static Map<String, @Nullable Object> read(Schema.Struct accumulator, ByteReader in) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Schema.Field field : accumulator.fields()) {
            String encoding = ((Schema.Opaque) field.type()).name();
            if (!readPart(encoding, field.name(), values, in)) {
                values.put("bytes", Bytes.of(in.readBytes(in.remaining())).toHex());
                break;
            }
        }
        return values;
    }

    private static boolean readPart(String encoding, String name, Map<String, @Nullable Object> values, ByteReader in) {
        switch (encoding) {
            case "count" -> values.put(name, in.readLong());
            case "sum of int" -> values.put(name, sum(in.readLong(), in.readLong()));
            case "sum of double" -> values.put(name, sum(in.readLong(), in.readDouble()));
            default -> {
                return readTyped(encoding, name, values, in);
            }
        }
        return true;
    }

    private static Map<String, Object> sum(long count, Object sum) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("count", count);
        values.put("sum", sum);
        return values;
    }

    private static boolean readTyped(
            String encoding, String name, Map<String, @Nullable Object> values, ByteReader in) {
        if (encoding.startsWith("timed ")) {
            return codec(encoding, "timed ")
                    .map(codec -> {
                        Map<String, @Nullable Object> timed = new LinkedHashMap<>();
                        timed.put("time", in.readLong());
                        timed.put("value", codec.decodeNullable(in));
                        values.put(name, timed);
                        return true;
                    })
                    .orElse(false);
        }
        if (encoding.startsWith("extreme of ")) {
            return codec(encoding, "extreme of ")
                    .map(codec -> {
                        values.put(name, codec.decodeNullable(in));
                        return true;
                    })
                    .orElse(false);
        }
        if (encoding.startsWith("set of ")) {
            return codec(encoding, "set of ")
                    .map(codec -> {
                        List<Object> all = new ArrayList<>();
                        for (int left = in.readVarInt(); left > 0; left--) {
                            all.add(codec.decode(in));
                        }
                        values.put(name, all);
                        return true;
                    })
                    .orElse(false);
        }
        return false;
    }

    private static Optional<ValueCodec> codec(String encoding, String before) {
        String type = encoding.substring(before.length());
        for (Schema.Primitive each : Schema.Primitive.values()) {
            if (each.name().equals(type.toUpperCase(Locale.ROOT))) {
                return Optional.of(ValueCodec.of(each));
            }
        }
        return Optional.empty();
    }
}
