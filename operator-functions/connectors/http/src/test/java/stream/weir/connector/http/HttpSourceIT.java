package stream.weir.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.api.source.SourceContext;
import stream.weir.api.source.SourceOutput;
import stream.weir.connector.http.HttpSourceSettings.Format;
import stream.weir.connector.http.HttpSourceSettings.Ports;

class HttpSourceIT {
    private static final RowType ROWS =
            new RowType(List.of(new RowType.Column("k", Primitive.STRING), new RowType.Column("v", Primitive.INT64)));
    private static final String JSON = "application/json";

    private final ExecutorService background = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> rows = new ArrayList<>();

    @AfterEach
    void end() {
        client.shutdownNow();
        background.shutdownNow();
    }

    @Test
    void when_a_checkpoint_covers_a_request_then_it_is_answered_and_not_before() throws Exception {
        try (HttpReader reader = open(100)) {
            // given
            CompletableFuture<HttpResponse<String>> first = post(reader, JSON, "{\"k\": \"a\",\n \"v\": 1}");
            pollUntil(reader, 1);
            reader.positions(1);
            CompletableFuture<HttpResponse<String>> second =
                    post(reader, JSON, "{\"k\":\"b\",\"v\":2}\n{\"k\":\"c\",\"v\":3}\n");
            pollUntil(reader, 3);
            reader.positions(2);

            // when
            reader.completed(1);

            // then
            assertThat(status(first)).isEqualTo(200);
            assertThat(second).isNotDone();
            reader.completed(2);
            assertThat(status(second)).isEqualTo(200);
            assertThat(rows).containsExactly("a 1", "b 2", "c 3");
        }
    }

    @Test
    void when_a_checkpoint_was_aborted_then_the_next_one_covers_its_requests() throws Exception {
        try (HttpReader reader = open(100)) {
            // given
            CompletableFuture<HttpResponse<String>> sent = post(reader, JSON, "{\"k\":\"a\",\"v\":1}");
            pollUntil(reader, 1);
            reader.positions(1);
            reader.positions(2);

            // when
            reader.completed(2);

            // then
            assertThat(status(sent)).isEqualTo(200);
        }
    }

    @Test
    void when_only_some_records_were_emitted_then_the_checkpoint_does_not_cover_the_request() throws Exception {
        try (HttpReader reader = open(100)) {
            // given
            CompletableFuture<HttpResponse<String>> sent =
                    post(reader, JSON, "{\"k\":\"a\",\"v\":1}\n{\"k\":\"b\",\"v\":2}\n");
            while (rows.isEmpty()) {
                reader.poll(1, output());
            }
            reader.positions(1);
            pollUntil(reader, 2);
            reader.positions(2);

            // when
            reader.completed(1);

            // then
            assertThat(sent).isNotDone();
            reader.completed(2);
            assertThat(status(sent)).isEqualTo(200);
        }
    }

    @Test
    void when_too_many_records_wait_then_clients_are_told_to_come_again() throws Exception {
        try (HttpReader reader = open(1)) {
            // given
            CompletableFuture<HttpResponse<String>> first = post(reader, JSON, "{\"k\":\"a\",\"v\":1}");
            pollUntil(reader, 1);

            // when
            HttpResponse<String> refused = get(post(reader, JSON, "{\"k\":\"b\",\"v\":2}"));

            // then
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).contains("1");
            reader.positions(1);
            reader.completed(1);
            assertThat(status(first)).isEqualTo(200);
        }
    }

    @Test
    void when_the_run_ends_then_waiting_requests_are_not_acknowledged() throws Exception {
        // given
        CompletableFuture<HttpResponse<String>> sent;
        try (HttpReader reader = open(100)) {
            sent = post(reader, JSON, "{\"k\":\"a\",\"v\":1}");
            pollUntil(reader, 1);
            reader.positions(1);
        }

        // when, then
        assertThat(get(sent).body()).contains("no checkpoint covers it yet: send it again");
        assertThat(status(sent)).isEqualTo(503);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            /in    | application/json | {"k":"a","v":"x"}             | 400 | line 1:
            /in    | application/json | nonsense                      | 400 | nothing was accepted
            /in    | text/html        | {"k":"a","v":1}               | 415 | only application/json
            /other | application/json | {"k":"a","v":1}               | 404 | records are taken at /in
            /in    | application/json |                               | 400 | there is no record in the body
            /in    | application/json | {"k":"a long one","v":1000000000000000000,"more":"12345678901234567890"} | 413 | at most 64 bytes
            """)
    void when_a_request_cannot_be_taken_then_the_reason_is_told(
            String path, String type, String body, int status, String reason) throws Exception {
        try (HttpReader reader = open(100)) {
            HttpResponse<String> answer = get(send(reader, path, type, body));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
            assertThat(answer.body()).contains(reason);
        }
    }

    private HttpReader open(int maxPending) throws Exception {
        return (HttpReader) new HttpSource(new HttpSourceSettings(
                        "127.0.0.1", 0, Ports.CONSECUTIVE, "/in", Format.JSON, ',', ROWS, 64, maxPending, 3))
                .open(new Context(background));
    }

    private CompletableFuture<HttpResponse<String>> post(HttpReader reader, String type, String body) {
        return send(reader, "/in", type, body);
    }

    private CompletableFuture<HttpResponse<String>> send(HttpReader reader, String path, String type, String body) {
        return client.sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + reader.port() + path))
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(Objects.requireNonNullElse(body, "")))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(CompletableFuture<HttpResponse<String>> sent) throws Exception {
        return sent.get(30, TimeUnit.SECONDS);
    }

    private static int status(CompletableFuture<HttpResponse<String>> sent) throws Exception {
        return get(sent).statusCode();
    }

    /** Until so many rows are there, and the request they came with is known to be done. */
    private void pollUntil(HttpReader reader, int count) {
        while (rows.size() < count) {
            reader.poll(10, output());
        }
        reader.poll(10, output());
    }

    private SourceOutput<Row> output() {
        return name -> new SourceOutput.Split<>() {
            @Override
            public void emit(Row value) {
                rows.add(value.get("k") + " " + value.get("v"));
            }

            @Override
            public void emit(Row value, long timestamp) {
                emit(value);
            }

            @Override
            public void malformed(String position, byte[] raw, String reason) {
                rows.add(reason);
            }

            @Override
            public void end() {}
        };
    }

    private record Context(Executor background) implements SourceContext {
        @Override
        public int replica() {
            return 0;
        }

        @Override
        public int replicas() {
            return 1;
        }

        @Override
        public Map<String, Bytes> restored() {
            return Map.of();
        }

        @Override
        public boolean owns(String split) {
            return true;
        }

        @Override
        public InstantSource clock() {
            return InstantSource.system();
        }
    }
}
