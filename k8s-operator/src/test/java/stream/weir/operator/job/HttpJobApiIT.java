package stream.weir.operator.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against servers that answer as coordinators do, and as they do not. */
@Timeout(120)
final class HttpJobApiIT {
    private static final Duration PATIENT = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final String STATUS = "{\"phase\": \"RUNNING\", \"run\": 3, \"term\": 2}";
    private static final String NOT_LEADER = "{\"reason\": \"NOT_LEADER\", \"detail\": \"it waits\"}";

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Pod> pods = new ArrayList<>();
    private final HttpJobApi api = new HttpJobApi(client, PATIENT);

    @AfterEach
    void stop() {
        pods.forEach(Pod::close);
        client.close();
    }

    @Test
    void when_one_of_two_leads_then_it_is_found_and_asked_first_from_then_on() throws Exception {
        Pod waiting = pod(503, NOT_LEADER);
        Pod leader = pod(200, STATUS);

        JobStatus status = api.status(at(waiting, leader));
        api.takeCheckpoint(at(waiting, leader));

        assertThat(status.leader()).isEqualTo(leader.address());
        assertThat(status.run()).isEqualTo(3);
        assertThat(waiting.asked).containsExactly("GET /api/v1/status");
        assertThat(leader.asked).containsExactly("GET /api/v1/status", "POST /api/v1/checkpoints");
    }

    @Test
    void when_the_leader_changes_then_the_other_one_is_asked() throws Exception {
        Pod one = pod(200, STATUS);
        Pod other = pod(503, NOT_LEADER);
        api.status(at(one, other));

        one.answers(503, NOT_LEADER);
        other.answers(200, STATUS);

        assertThat(api.status(at(one, other)).leader()).isEqualTo(other.address());
    }

    @Test
    void when_orders_are_given_then_they_go_out_as_the_coordinator_reads_them() throws Exception {
        Pod leader = pod(202, "");
        JobAddress job = at(leader);

        api.takeSavepoint(job, "before-sale");
        api.stop(job);
        api.setReplicas(job, Map.of("sum", 4));

        assertThat(leader.asked)
                .containsExactly(
                        "POST /api/v1/savepoints {\"name\":\"before-sale\"}",
                        "POST /api/v1/stop {\"mode\":\"CHECKPOINT\"}",
                        "PUT /api/v1/replicas {\"sum\":4}");
    }

    @Test
    void when_data_are_being_deleted_then_202_is_not_yet_and_200_is_gone() throws Exception {
        Pod leader = pod(202, "");
        assertThat(api.deleteData(at(leader))).isFalse();
        leader.answers(200, "{\"deleted\": 12}");
        assertThat(api.deleteData(at(leader))).isTrue();
    }

    @Test
    void when_savepoints_are_listed_then_their_names_are_read() throws Exception {
        assertThat(api.savepoints(at(pod(200, "[\"a\", \"b\"]")))).containsExactly("a", "b");
    }

    @Test
    void when_refused_then_the_reason_is_kept_and_nobody_else_is_asked() {
        Pod leader = pod(409, "{\"reason\": \"MORE_REPLICAS_THAN_KEY_GROUPS\", \"detail\": \"200 of 128\"}");
        Pod other = pod(200, STATUS);

        JobRefusedException refused = catchThrowableOfType(
                JobRefusedException.class, () -> api.setReplicas(at(leader, other), Map.of("sum", 200)));

        assertThat(refused.reason()).isEqualTo("MORE_REPLICAS_THAN_KEY_GROUPS");
        assertThat(refused).hasMessageContaining("200 of 128");
        assertThat(other.asked).isEmpty();
    }

    @Test
    void when_refused_without_a_word_then_the_status_is_the_reason() {
        JobRefusedException refused =
                catchThrowableOfType(JobRefusedException.class, () -> api.stop(at(pod(500, "{}"))));

        assertThat(refused.reason()).isEqualTo("HTTP_500");
        assertThat(refused).hasMessageContaining("/api/v1/stop answered 500");
    }

    @Test
    void when_nobody_leads_then_each_is_named() {
        Pod one = pod(503, NOT_LEADER);
        Pod other = pod(503, "");

        assertThatThrownBy(() -> api.status(at(one, other)))
                .isInstanceOf(JobUnreachableException.class)
                .hasMessageContainingAll(
                        "No coordinator of shop/orders answers GET status as leader",
                        one.address() + " does not lead",
                        other.address() + " does not lead");
    }

    @Test
    void when_somebody_is_stopped_or_gone_and_his_node_is_there_then_he_is_not_out_of_reach() {
        Pod gone = pod(200, STATUS);
        gone.close();
        Pod stopped = pod(200, STATUS);
        stopped.hang = Hang.BEFORE_THE_ANSWER;

        assertThat(unreachable(api, gone, pod(503, NOT_LEADER), pod(200, "<html>"))
                        .silent())
                .isEmpty();
        assertThat(unreachable(new HttpJobApi(client, SHORT), stopped).silent()).isEmpty();
    }

    /** Half a second later it is looked whether anybody is there at all; what is answered after that is an answer still. */
    @Test
    void when_somebody_is_busy_for_longer_than_it_takes_to_look_whether_he_is_there_then_his_answer_is_waited_for()
            throws Exception {
        try (ServerSocket busy = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Boolean> looked = CompletableFuture.supplyAsync(() -> answersWhenLookedAt(busy));

            JobStatus status = api.status(at(busy));

            assertThat(status.run()).isEqualTo(3);
            assertThat(looked.get()).as("the answer came after the look").isTrue();
        }
    }

    /** Answers the first connection when there is a second one, on which nothing is asked. */
    private static boolean answersWhenLookedAt(ServerSocket server) {
        try (Socket asking = server.accept();
                Socket looking = server.accept()) {
            boolean nothing = looking.getInputStream().read() < 0;
            byte[] answer = ("HTTP/1.1 200 OK\r\nContent-Length: " + STATUS.length() + "\r\n\r\n" + STATUS)
                    .getBytes(StandardCharsets.UTF_8);
            asking.getOutputStream().write(answer);
            asking.getOutputStream().flush();
            asking.getInputStream().readAllBytes();
            return nothing;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** As when a node is gone: what comes to a queue that is full is swallowed, neither taken nor refused. */
    @Test
    void when_nobody_takes_or_refuses_a_connection_then_he_is_out_of_reach_and_not_waited_for() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Socket> waiting = fill(full);
            try {
                JobUnreachableException unreachable =
                        catchThrowableOfType(JobUnreachableException.class, () -> api.status(at(full)));

                assertThat(unreachable.silent()).containsExactly("127.0.0.1:" + full.getLocalPort());
                assertThat(unreachable).hasMessageContaining("no connection is taken or refused there");
            } finally {
                for (Socket each : waiting) {
                    each.close();
                }
            }
        }
    }

    private static List<Socket> fill(ServerSocket server) throws IOException {
        List<Socket> waiting = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            Socket one = new Socket();
            waiting.add(one);
            try {
                one.connect(server.getLocalSocketAddress(), 200);
            } catch (SocketTimeoutException e) {
                return waiting;
            }
        }
        throw new AssertionError("64 connections, and the queue is not full");
    }

    private static JobAddress at(ServerSocket server) {
        return new JobAddress("shop", "orders", "orders", List.of("127.0.0.1:" + server.getLocalPort()));
    }

    private static JobUnreachableException unreachable(HttpJobApi api, Pod... asked) {
        return catchThrowableOfType(JobUnreachableException.class, () -> api.status(at(asked)));
    }

    @Test
    void when_there_is_no_pod_then_said_so() {
        assertThatThrownBy(() -> api.status(at()))
                .isInstanceOf(JobUnreachableException.class)
                .hasMessageContaining("there is no pod with an address");
    }

    @Test
    void when_one_is_gone_then_the_other_is_asked() throws Exception {
        Pod gone = pod(200, STATUS);
        gone.close();
        Pod leader = pod(200, STATUS);

        assertThat(api.status(at(gone, leader)).leader()).isEqualTo(leader.address());
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>502 Bad Gateway</html>", "{\"phase\": \"RUNN", "\u0000\u0001", "HTTP"})
    void when_an_answer_is_no_json_then_the_next_one_is_asked(String garbage) throws Exception {
        Pod strange = pod(200, garbage);
        Pod leader = pod(200, STATUS);

        assertThat(api.status(at(strange, leader)).leader()).isEqualTo(leader.address());
        assertThatThrownBy(() -> api.status(at(strange)))
                .isInstanceOf(JobUnreachableException.class)
                .hasMessageContaining(strange.address());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "\"RUNNING\"", "{\"phase\": 7}", "{\"phase\": null}", "null"})
    void when_an_answer_is_no_status_then_nothing_is_concluded_from_it(String json) {
        Pod strange = pod(200, json);

        assertThatThrownBy(() -> api.status(at(strange)))
                .isInstanceOf(JobUnreachableException.class)
                .hasMessageContaining(strange.address() + " answers GET status with what is no status of a job");
    }

    @Test
    void when_nobody_answers_in_time_then_unreachable() {
        Pod silent = pod(200, STATUS);
        silent.hang = Hang.BEFORE_THE_ANSWER;

        assertThatThrownBy(() -> new HttpJobApi(client, SHORT).status(at(silent)))
                .isInstanceOf(JobUnreachableException.class)
                .hasMessageContaining("no whole answer within 200 ms");
    }

    /** A coordinator that is stopped, or cut off, in the middle of its answer. */
    @Test
    void when_an_answer_is_cut_off_then_unreachable_in_time() {
        Pod stopped = pod(200, STATUS);
        stopped.hang = Hang.WITHIN_THE_ANSWER;

        assertThatThrownBy(() -> new HttpJobApi(client, SHORT).status(at(stopped)))
                .isInstanceOf(JobUnreachableException.class)
                .hasMessageContaining("no whole answer within 200 ms");
    }

    private Pod pod(int status, String body) {
        Pod pod = new Pod(status, body);
        pods.add(pod);
        return pod;
    }

    private static JobAddress at(Pod... pods) {
        return new JobAddress(
                "shop",
                "orders",
                "orders",
                Arrays.stream(pods).map(Pod::address).toList());
    }

    private enum Hang {
        NEVER,
        BEFORE_THE_ANSWER,
        WITHIN_THE_ANSWER
    }

    private static final class Pod implements AutoCloseable {
        private final List<String> asked = new CopyOnWriteArrayList<>();
        private final CountDownLatch over = new CountDownLatch(1);
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final HttpServer server;
        private volatile Hang hang = Hang.NEVER;
        private volatile int status;
        private volatile String body;

        Pod(int status, String body) {
            answers(status, body);
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            server.setExecutor(threads);
            server.createContext("/", this::answer);
            server.start();
        }

        void answers(int nextStatus, String nextBody) {
            status = nextStatus;
            body = nextBody;
        }

        String address() {
            return "127.0.0.1:" + server.getAddress().getPort();
        }

        private void answer(HttpExchange exchange) throws IOException {
            String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add((exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + sent).strip());
            byte[] content = body.getBytes(StandardCharsets.UTF_8);
            if (hang == Hang.BEFORE_THE_ANSWER) {
                await();
            }
            exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
            try (OutputStream out = exchange.getResponseBody()) {
                if (hang == Hang.WITHIN_THE_ANSWER) {
                    out.write(content, 0, content.length / 2);
                    out.flush();
                    await();
                }
                out.write(content, 0, hang == Hang.NEVER ? content.length : 0);
            }
        }

        private void await() {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            over.countDown();
            server.stop(0);
            threads.close();
        }
    }
}
