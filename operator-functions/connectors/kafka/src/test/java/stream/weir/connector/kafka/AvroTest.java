package stream.weir.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import stream.weir.api.codec.Bytes;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.connector.format.MalformedRecordException;

class AvroTest {
    private static final String SCHEMA = """
            {"type": "record", "name": "Order", "fields": [
              {"name": "id", "type": "long"},
              {"name": "who", "type": ["null", "string"], "default": null},
              {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "tags", "type": {"type": "array", "items": "string"}},
              {"name": "raw", "type": "bytes"}]}""";
    private static final Schema ORDER = AvroTypes.parse(SCHEMA);
    private static final RowType ROWS = AvroTypes.rows(ORDER);
    private static final Row ROW = Row.of(
            ROWS, 7L, null, Instant.parse("2024-02-03T04:05:06Z"), List.of("a", "b"), Bytes.of((byte) 1, (byte) 2));

    @Test
    void when_a_row_is_written_then_it_is_read_back_equal() throws Exception {
        // when
        byte[] encoded = encoder(Optional.empty()).encode(ROW);

        // then
        assertThat(new AvroDecoder(ORDER, Optional.empty()).decode(encoded)).isEqualTo(ROW);
        byte[] cut = Arrays.copyOf(encoded, encoded.length - 1);
        assertThatThrownBy(() -> new AvroDecoder(ORDER, Optional.empty()).decode(cut))
                .isInstanceOf(MalformedRecordException.class);
    }

    @Test
    void when_rows_have_no_schema_then_one_is_made_in_which_all_may_be_null() {
        assertThat(AvroTypes.rows(AvroTypes.schema(ROWS))).isEqualTo(ROWS);
    }

    @Test
    void when_a_union_has_two_types_then_the_field_is_named() {
        assertThatThrownBy(() -> AvroTypes.rows(AvroTypes.parse("""
                        {"type": "record", "name": "R", "fields": [{"name": "f", "type": ["string", "long"]}]}""")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("field f");
    }

    @Test
    void when_values_have_the_id_of_a_schema_then_it_is_asked_for_once() throws Exception {
        // given
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            String path = exchange.getRequestURI().getPath();
            boolean known = path.equals("/schemas/ids/5") || path.equals("/subjects/t-value/versions");
            byte[] answer = (path.startsWith("/subjects")
                            ? "{\"id\": 5}"
                            : "{\"schema\": \"" + SCHEMA.replace("\"", "\\\"").replace("\n", " ") + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(known ? 200 : 404, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            byte[] encoded = encoder(Optional.of(url)).encode(ROW);
            AvroDecoder decoder = new AvroDecoder(ORDER, Optional.of(SchemaRegistry.at(URI.create(url))));

            // when, then
            assertThat(ByteBuffer.wrap(encoded).getInt(1)).isEqualTo(5);
            assertThat(decoder.decode(encoded)).isEqualTo(ROW);
            assertThat(decoder.decode(encoded)).isEqualTo(ROW);
            assertThat(asked).hasValue(2);
            ByteBuffer.wrap(encoded).putInt(1, 6);
            assertThatThrownBy(() -> decoder.decode(encoded))
                    .isInstanceOf(MalformedRecordException.class)
                    .hasMessageContaining("id 6");
        } finally {
            server.stop(0);
        }
    }

    private static ValueEncoder encoder(Optional<String> registry) throws Exception {
        return ValueEncoder.of(new SinkSettings(
                "none:9092",
                "t",
                Optional.empty(),
                ROWS,
                KafkaFormat.AVRO,
                ',',
                List.of(),
                Map.of(),
                Optional.of(ORDER),
                registry,
                SinkSettings.Delivery.EXACTLY_ONCE,
                Optional.empty(),
                Duration.ofMinutes(1),
                0,
                SinkSettings.UnknownCommit.FAIL,
                SinkSettings.Beyond.FAIL,
                Map.of()));
    }
}
