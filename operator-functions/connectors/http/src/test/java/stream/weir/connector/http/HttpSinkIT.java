package stream.weir.connector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.api.sink.SinkContext;
import stream.weir.api.sink.SinkWriter;
import stream.weir.connector.http.HttpSinkSettings.Format;
import stream.weir.connector.http.HttpSinkSettings.Rejected;

class HttpSinkIT {
    private static final RowType ROWS = new RowType(List.of(new RowType.Column("n", Primitive.INT64)));

    private final List<String> received = Collections.synchronizedList(new ArrayList<>());
    private final Queue<Integer> answers = new ArrayDeque<>();
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                Integer status = answers.poll();
                exchange.sendResponseHeaders(status == null ? 200 : status, -1);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void when_a_checkpoint_is_durable_then_all_rows_before_it_were_taken() throws Exception {
        try (SinkWriter<Row> writer = open(3, Rejected.FAIL, 4)) {
            for (long i = 0; i < 20; i++) {
                writer.write(Row.of(ROWS, i), Long.MIN_VALUE);
            }
            assertThat(writer.prepare(1).makeDurable()).isEmpty();
            assertThat(received).hasSize(20).contains("{\"n\":0}", "{\"n\":19}");
        }
    }

    @Test
    void when_the_receiver_is_busy_or_broken_then_the_row_is_sent_again() throws Exception {
        answers.addAll(List.of(500, 429, 503));
        try (SinkWriter<Row> writer = open(3, Rejected.FAIL, 1)) {
            writer.write(Row.of(ROWS, 1L), Long.MIN_VALUE);
            writer.prepare(1).makeDurable();
        }
        assertThat(received).hasSize(4);
    }

    @Test
    void when_all_attempts_fail_then_the_checkpoint_does() throws Exception {
        answers.addAll(List.of(500, 500));
        try (SinkWriter<Row> writer = open(1, Rejected.FAIL, 1)) {
            writer.write(Row.of(ROWS, 1L), Long.MIN_VALUE);
            assertThatThrownBy(() -> writer.prepare(1).makeDurable())
                    .hasMessageContaining("has failed 2 times")
                    .hasMessageContaining("answered with 500");
        }
    }

    @Test
    void when_a_row_is_rejected_then_it_fails_or_is_left_out() throws Exception {
        answers.addAll(List.of(422, 422));
        try (SinkWriter<Row> writer = open(3, Rejected.FAIL, 1)) {
            writer.write(Row.of(ROWS, 1L), Long.MIN_VALUE);
            assertThatThrownBy(() -> writer.prepare(1).makeDurable()).hasMessageContaining("answered with 422");
        }
        try (SinkWriter<Row> writer = open(3, Rejected.SKIP, 1)) {
            writer.write(Row.of(ROWS, 2L), Long.MIN_VALUE);
            assertThat(writer.prepare(1).makeDurable()).isEmpty();
        }
        assertThat(received).containsExactly("{\"n\":1}", "{\"n\":2}");
    }

    private SinkWriter<Row> open(int retries, Rejected rejected, int maxInFlight) throws Exception {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
        return new HttpSink(new HttpSinkSettings(
                        url,
                        "POST",
                        Map.of(),
                        Format.JSON,
                        ',',
                        ROWS,
                        Duration.ofSeconds(10),
                        retries,
                        maxInFlight,
                        rejected))
                .open(new Context());
    }

    private static final class Context implements SinkContext {
        @Override
        public String pipeline() {
            return "p";
        }

        @Override
        public String stage() {
            return "s";
        }

        @Override
        public int replica() {
            return 0;
        }

        @Override
        public int replicas() {
            return 1;
        }

        @Override
        public long run() {
            return 1;
        }

        @Override
        public List<Bytes> restored() {
            return List.of();
        }
    }
}
