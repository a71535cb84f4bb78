package stream.weir.console.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import stream.weir.console.ConsoleSettings;
import stream.weir.console.Order;
import stream.weir.console.OrderRefusedException;
import stream.weir.console.OrderRefusedException.Reason;

/** What a browser gets, and what it may do. */
class ConsoleServerIT {
    private static final String TOKEN = "0123456789abcdef";

    private final ScriptedJob job = new ScriptedJob();
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private ConsoleServer server;

    @BeforeEach
    void serve() throws IOException {
        server = open(Optional.of(TOKEN));
        job.runs();
    }

    @AfterEach
    void close() {
        server.close();
        timer.shutdownNow();
        requests.shutdownNow();
        http.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html",
        "/index.html, text/html",
        "/console.js, text/javascript",
        "/console.css, text/css",
        "/favicon.svg, image/svg+xml",
        "/api/sketch, application/json",
        "/api/kept, application/json"
    })
    void when_anything_is_asked_for_then_it_comes_with_a_strict_policy(String path, String type) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(type);
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    }

    @Test
    void when_a_browser_has_the_page_already_then_it_is_not_sent_again() throws Exception {
        String tag = get("/console.js").headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again = send(request("/console.js").header("If-None-Match", tag));
        assertThat(again.statusCode()).isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/api/nothing", "/../pom.xml", "/%2e%2e/pom.xml", "/api/checkpoints/x"})
    void when_there_is_nothing_then_that_is_said(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void when_the_sketch_is_asked_for_then_it_has_the_graph_and_the_file_without_secrets() throws Exception {
        String sketch = get("/api/sketch").body();
        assertThat(sketch)
                .contains("{\"from\":\"orders\",\"output\":\"\",\"to\":\"totals\",\"distribution\":\"by customer\"}")
                .contains(
                        "\"orders\":[\"CHECKPOINT\",\"SAVEPOINT\",\"STOP\",\"DRAIN\",\"SCALE\"]",
                        "\"access\":\"TOKEN\"")
                .contains("password: ***")
                .doesNotContain("hunter2");
    }

    @Test
    void when_somebody_looks_then_views_come_by_themselves() throws Exception {
        // given
        HttpResponse<InputStream> stream = http.send(request("/api/events").build(), BodyHandlers.ofInputStream());
        assertThat(stream.headers().firstValue("Content-Type")).contains("text/event-stream");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(event(lines))
                    .contains("\"phase\":\"RUNNING\"", "\"recordsPerSecond\":1000.0", "\"blocked\":0.25")
                    .contains("\"sentPerSecond\":{\"totals\":900.0}", "\"watermark\":4000", "\"lag\":7")
                    .contains("\"firstKeyGroup\":0,\"lastKeyGroup\":127");
            // when
            job.board.checkpointStarted(3);
            // then
            String view = event(lines);
            assertThat(view).contains("\"status\":\"IN_PROGRESS\"");
            assertThat(view).contains("\"replicas\":2,\"acknowledged\":0,\"waitingFor\":[\"orders-0\",\"totals-0\"]");
        }
    }

    @Test
    void when_a_checkpoint_is_asked_for_then_each_phase_of_each_replica_is_there() throws Exception {
        job.completes(3);
        assertThat(get("/api/checkpoints/3").body())
                .contains("\"barrierNanos\":1000000,\"alignmentNanos\":20000000,\"captureNanos\":30000")
                .contains("\"lastInput\":\"orders-0->totals-0\"");
        HttpResponse<String> none = get("/api/checkpoints/4");
        assertThat(none.statusCode()).isEqualTo(404);
        assertThat(none.body()).contains("NO_SUCH_CHECKPOINT");
        job.storeIsAway = true;
        assertThat(get("/api/checkpoints/4").statusCode()).isEqualTo(502);
    }

    @Test
    void when_an_order_has_the_token_then_it_is_passed_on() throws Exception {
        assertThat(order("{\"order\":\"savepoint\",\"name\":\"monday\"}").statusCode())
                .isEqualTo(202);
        assertThat(order("{\"order\":\"SCALE\",\"stage\":\"totals\",\"replicas\":3}")
                        .statusCode())
                .isEqualTo(202);
        assertThat(order("{\"order\":\"DRAIN\"}").statusCode()).isEqualTo(202);
        assertThat(job.orders)
                .containsExactly(new Order.Savepoint("monday"), new Order.Scale("totals", 3), new Order.Drain());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Bearer", "Bearer 0123456789abcdeX", "Bearer 0123456789abcdef0", "Basic 0123456789abcdef"})
    void when_an_order_has_not_the_token_then_it_is_refused(String authorization) throws Exception {
        HttpRequest.Builder request = request("/api/orders").POST(BodyPublishers.ofString("{\"order\":\"STOP\"}"));
        HttpResponse<String> answer =
                send(authorization.isEmpty() ? request : request.header("Authorization", authorization));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(job.orders).isEmpty();
    }

    @Test
    void when_a_console_has_no_token_then_no_order_is_taken() throws Exception {
        server.close();
        server = open(Optional.empty());
        assertThat(order("{\"order\":\"STOP\"}").statusCode()).isEqualTo(401);
        assertThat(get("/api/sketch").body()).contains("\"access\":\"READ_ONLY\"");
        assertThat(job.orders).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                                                  | 400 | an order is an object",
                "{\"order\":\"DANCE\"}                               | 400 | there is no order DANCE",
                "{\"order\":\"SAVEPOINT\",\"name\":\"No Name\"}      | 400 | No Name",
                "{\"order\":\"SAVEPOINT\"}                           | 400 | name is missing",
                "{\"order\":\"SCALE\",\"stage\":\"x\",\"replicas\":0}| 400 | at least 1",
                "{\"order\":\"SCALE\",\"stage\":[1]}                 | 400 | no text or number",
                "{\"order\":\"RESTART\",\"checkpoint\":3}            | 409 | not available",
                "{\"order\":\"STOP\"} {}                             | 400 | follows",
                "{\"order\":                                         | 400 | cannot be read"
            })
    void when_an_order_is_not_sound_then_it_is_said_why(String body, int status, String said) throws Exception {
        HttpResponse<String> answer = order(body);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(said);
        assertThat(job.orders).isEmpty();
    }

    @Test
    void when_the_job_refuses_an_order_then_its_reason_is_the_answer() throws Exception {
        job.refusal = Optional.of(new OrderRefusedException(Reason.NO_SUCH_STAGE, "there is no stage x"));
        HttpResponse<String> answer = order("{\"order\":\"SCALE\",\"stage\":\"x\",\"replicas\":2}");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("{\"reason\":\"NO_SUCH_STAGE\",\"detail\":\"there is no stage x\"}");
    }

    @Test
    void when_a_name_of_another_site_leads_here_then_nothing_is_shown() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream()
                    .write("GET /api/sketch HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 421").doesNotContain("shop");
        }
    }

    @Test
    void when_others_could_reach_it_without_a_token_then_it_does_not_open() {
        ConsoleSettings settings = new ConsoleSettings("0.0.0.0", 0, Optional.empty());
        assertThatThrownBy(() -> ConsoleServer.open(settings, job, new ConsoleServer.Ports(requests, timer)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("without a token");
        assertThatThrownBy(() -> new ConsoleSettings("127.0.0.1", 0, Optional.of("short")).checked())
                .hasMessageContaining("at least 16");
    }

    @Test
    void when_tokens_are_issued_by_a_provider_then_they_are_taken_for_orders_beside_the_own_one() throws Exception {
        // given
        server.close();
        server = ConsoleServer.open(
                new ConsoleSettings("127.0.0.1", 0, Optional.of(TOKEN), Optional.of("issued"::equals)),
                job,
                new ConsoleServer.Ports(requests, timer));
        // then
        assertThat(asks("issued")).isEqualTo(202);
        assertThat(asks(TOKEN)).isEqualTo(202);
        assertThat(asks("forged")).isEqualTo(401);
    }

    /** An empty order asks whether the token is right. */
    private int asks(String token) throws Exception {
        return send(request("/api/orders")
                        .header("Authorization", "Bearer " + token)
                        .POST(BodyPublishers.noBody()))
                .statusCode();
    }

    @Test
    void when_the_port_is_taken_then_it_says_so() {
        ConsoleSettings settings = new ConsoleSettings("127.0.0.1", server.port(), Optional.empty());
        assertThatThrownBy(() -> ConsoleServer.open(settings, job, new ConsoleServer.Ports(requests, timer)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot listen on 127.0.0.1:" + server.port());
    }

    private ConsoleServer open(Optional<String> token) throws IOException {
        return ConsoleServer.open(
                new ConsoleSettings("127.0.0.1", 0, token), job, new ConsoleServer.Ports(requests, timer));
    }

    private static String event(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.startsWith("data: ")) {
            line = lines.readLine();
        }
        return String.valueOf(line);
    }

    private HttpResponse<String> order(String body) throws Exception {
        return send(request("/api/orders")
                .header("Authorization", "Bearer " + TOKEN)
                .POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(20));
    }
}
