package stream.weir.connector.kafka;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Bytes;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.connector.format.JsonLinesPrinter;

/** Records for Kafka from rows. One thread at a time. */
final class RecordEncoder {
    private final SinkSettings settings;
    private final ValueEncoder values;
    private final RowType keyRows;
    private final ByteWriter buffer = new ByteWriter();

    private RecordEncoder(SinkSettings settings, ValueEncoder values, RowType keyRows) {
        this.settings = settings;
        this.values = values;
        this.keyRows = keyRows;
    }

    static RecordEncoder of(SinkSettings settings) throws IOException {
        List<RowType.Column> columns = settings.keys().stream()
                .map(name -> settings.rows().columns().get(settings.rows().indexOf(name)))
                .toList();
        return new RecordEncoder(settings, ValueEncoder.of(settings), new RowType(columns));
    }

    /**
     * @throws IllegalArgumentException naming the field that cannot be written
     */
    OutRecord encode(Row row, long timestamp) {
        String topic = settings.topicField().isPresent()
                ? topic(row, settings.topicField().get())
                : settings.topic();
        return new OutRecord(topic, key(row), values.encode(row), headers(row), timestamp);
    }

    private static String topic(Row row, String field) {
        return switch (row.get(field)) {
            case String name when !name.isEmpty() -> name;
            case null, default ->
                throw new IllegalArgumentException("the field " + field + " names no topic: it is " + row.get(field));
        };
    }

    /** One field as it is, several as a JSON object. */
    private byte @Nullable [] key(Row row) {
        List<String> keys = settings.keys();
        if (keys.isEmpty()) {
            return null;
        }
        @Nullable Object[] fields = new @Nullable Object[keys.size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = row.get(keys.get(i));
            if (fields[i] == null) {
                throw new IllegalArgumentException(
                        "null key: the field " + keys.get(i) + " of the key is null in " + row);
            }
        }
        if (fields.length == 1) {
            return content(fields[0]);
        }
        buffer.reset();
        new JsonLinesPrinter().row(Row.owning(keyRows, fields), buffer);
        return Arrays.copyOf(buffer.buffer(), buffer.size() - 1);
    }

    private Map<String, byte[]> headers(Row row) {
        if (settings.headers().isEmpty()) {
            return Map.of();
        }
        Map<String, byte[]> headers = new LinkedHashMap<>();
        settings.headers().forEach((name, field) -> Optional.ofNullable(row.get(field))
                .ifPresent(value -> headers.put(name, content(value))));
        return headers;
    }

    private static byte[] content(@Nullable Object value) {
        return value instanceof Bytes bytes
                ? bytes.toByteArray()
                : String.valueOf(value).getBytes(StandardCharsets.UTF_8);
    }
}
