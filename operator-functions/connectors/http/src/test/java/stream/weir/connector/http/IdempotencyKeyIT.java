package stream.weir.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
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
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.api.source.SourceContext;
import stream.weir.api.source.SourceOutput;
import stream.weir.connector.http.HttpSourceSettings.Format;
import stream.weir.connector.http.HttpSourceSettings.Ports;

/** A request that is sent again under its key is taken once. */
class IdempotencyKeyIT {
    private static final int REMEMBERED = 3;
    private static final RowType ROWS = new RowType(List.of(new RowType.Column("v", Primitive.INT64)));

    private final ExecutorService background = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Object> rows = new ArrayList<>();

    @AfterEach
    void end() {
        client.shutdownNow();
        background.shutdownNow();
    }

    @Test
    void when_a_covered_request_comes_again_then_it_is_acknowledged_at_once_and_not_taken() throws Exception {
        try (HttpReader reader = open(0, 1, Map.of())) {
            // given
            covered(reader, 1, "a", 1);

            // when
            HttpResponse<String> again = get(post(reader, "a", 1));

            // then
            assertThat(again.statusCode()).isEqualTo(200);
            assertThat(again.body()).contains("covered by a checkpoint already");
            covered(reader, 2, "b", 2);
            assertThat(rows).containsExactly(1L, 2L);
        }
    }

    @Test
    void when_a_request_comes_again_while_the_first_waits_then_one_checkpoint_answers_both() throws Exception {
        try (HttpReader reader = open(0, 1, Map.of())) {
            // given
            CompletableFuture<HttpResponse<String>> first = post(reader, "a", 1);
            pollUntil(reader, 1);

            // when
            CompletableFuture<HttpResponse<String>> second = post(reader, "a", 1);
            covered(reader, 1, "b", 2);

            // then
            assertThat(get(first).statusCode()).isEqualTo(200);
            assertThat(get(second).statusCode()).isEqualTo(200);
            assertThat(rows).containsExactly(1L, 2L);
        }
    }

    @Test
    void when_a_checkpoint_is_restored_with_other_replicas_then_each_knows_all_keys() throws Exception {
        // given
        Map<String, Bytes> positions = new HashMap<>();
        for (int replica = 0; replica < 2; replica++) {
            try (HttpReader reader = open(replica, 2, Map.of())) {
                positions.putAll(covered(reader, 1, "key" + replica, replica));
            }
        }
        rows.clear();

        // when
        Map<String, Bytes> later = new HashMap<>();
        for (int replica = 0; replica < 3; replica++) {
            try (HttpReader reader = open(replica, 3, positions)) {
                assertThat(get(post(reader, "key0", 0)).statusCode()).isEqualTo(200);
                assertThat(get(post(reader, "key1", 1)).statusCode()).isEqualTo(200);
                later.putAll(reader.positions(2));
            }
        }

        // then
        assertThat(rows).isEmpty();
        try (HttpReader reader = open(0, 1, later)) {
            assertThat(get(post(reader, "key1", 1)).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void when_no_checkpoint_covered_a_request_then_it_is_taken_again_after_the_failure() throws Exception {
        // given
        Map<String, Bytes> positions;
        try (HttpReader reader = open(0, 1, Map.of())) {
            positions = covered(reader, 1, "a", 1);
            CompletableFuture<HttpResponse<String>> lost = post(reader, "b", 2);
            pollUntil(reader, 2);
            reader.close();
            assertThat(get(lost).statusCode()).isEqualTo(503);
        }

        // when
        try (HttpReader reader = open(0, 1, positions)) {
            covered(reader, 2, "b", 2);
        }

        // then
        assertThat(rows).containsExactly(1L, 2L, 2L);
    }

    @Test
    void when_more_keys_come_than_are_remembered_then_the_oldest_are_forgotten() throws Exception {
        try (HttpReader reader = open(0, 1, Map.of())) {
            // given
            for (int i = 0; i < REMEMBERED + 1; i++) {
                covered(reader, i, "key" + i, i);
            }

            // when
            assertThat(get(post(reader, "key1", 1)).statusCode()).isEqualTo(200);
            covered(reader, 100, "key0", 0);

            // then
            assertThat(rows).containsExactly(0L, 1L, 2L, 3L, 0L);
            assertThat(Objects.requireNonNull(reader.positions().get("keys-0")).length())
                    .isEqualTo(2 + REMEMBERED * 16);
        }
    }

    @Test
    void when_a_key_is_too_long_then_the_request_is_refused() throws Exception {
        try (HttpReader reader = open(0, 1, Map.of())) {
            assertThat(get(post(reader, "k".repeat(256), 1)).statusCode()).isEqualTo(400);
        }
    }

    /** Posts a value and completes a checkpoint that covers it. @return the positions of that checkpoint */
    private Map<String, Bytes> covered(HttpReader reader, long checkpoint, String key, long value) throws Exception {
        int before = rows.size();
        CompletableFuture<HttpResponse<String>> sent = post(reader, key, value);
        pollUntil(reader, before + 1);
        Map<String, Bytes> positions = reader.positions(checkpoint);
        reader.completed(checkpoint);
        assertThat(get(sent).statusCode()).isEqualTo(200);
        return positions;
    }

    private HttpReader open(int replica, int replicas, Map<String, Bytes> restored) throws Exception {
        return (HttpReader) new HttpSource(new HttpSourceSettings(
                        "127.0.0.1", 0, Ports.CONSECUTIVE, "/", Format.JSON, ',', ROWS, 64, 100, REMEMBERED))
                .open(new Context(replica, replicas, restored, background));
    }

    private CompletableFuture<HttpResponse<String>> post(HttpReader reader, String key, long value) {
        return client.sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + reader.port() + "/"))
                        .header("Idempotency-Key", key)
                        .POST(HttpRequest.BodyPublishers.ofString("{\"v\":" + value + "}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(CompletableFuture<HttpResponse<String>> sent) throws Exception {
        return sent.get(30, TimeUnit.SECONDS);
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
                rows.add(Objects.requireNonNull(value.get("v")));
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

    private record Context(int replica, int replicas, Map<String, Bytes> restored, Executor background)
            implements SourceContext {
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
