package stream.weir.cli.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.cli.answer.Value;
import stream.weir.cli.job.Answers.Answer;

/** Coordinators by address, and through kubectl and an API server that hands requests on. */
final class CoordinatorsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Answer RUNNING = new Answer(200, "{\"phase\": \"RUNNING\"}");
    private static final Answer WAITS =
            new Answer(503, "{\"reason\": \"NOT_LEADER\", \"detail\": \"waits to lead\", \"leader\": \"b:7071\"}");
    private static final Answer NO =
            new Answer(404, "{\"reason\": \"NO_SUCH_CHECKPOINT\", \"detail\": \"there are 1\"}");

    @TempDir
    private Path folder;

    private static HttpCoordinators at(Answers... servers) {
        return HttpCoordinators.at(
                List.of(servers).stream().map(Answers::url).toList(), Optional.of("secret"), PATIENCE);
    }

    /** The kubectl of this machine, with this server as its cluster. */
    private KubernetesCoordinators kubernetes(Answers server) throws IOException {
        return new KubernetesCoordinators(kubectl(server), "orders");
    }

    private Kubectl kubectl(Answers server) throws IOException {
        assumeTrue(
                List.of(System.getenv("PATH").split(":")).stream()
                        .anyMatch(place -> Files.isExecutable(Path.of(place, "kubectl"))),
                "no kubectl on the PATH");
        Path program = folder.resolve("kubectl");
        Files.writeString(
                program, "#!/bin/sh\nexec kubectl --kubeconfig=/dev/null --server=" + server.url() + " \"$@\"\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return new Kubectl(program.toString(), Optional.empty(), Optional.of("flows"));
    }

    private static Map<String, Answer> cluster(Answer first, Answer second) {
        String pods = "{\"kind\": \"PodList\", \"apiVersion\": \"v1\", \"items\": ["
                + "{\"metadata\": {\"name\": \"a\"}}, {\"metadata\": {\"name\": \"b\"}}]}";
        return Map.of(
                "/namespaces/flows/pods",
                new Answer(200, pods),
                "pods/http:a:8081/proxy/api/v1/status",
                first,
                "pods/http:b:8081/proxy/api/v1/status",
                second,
                "pods/http:a:8081/proxy/api/v1/restart",
                new Answer(202, ""));
    }

    @Test
    void when_one_waits_to_lead_then_the_other_is_asked() throws Exception {
        // given
        try (Answers waiting = Answers.of(Map.of("/api/v1/status", WAITS));
                Answers leading = Answers.of(Map.of("/api/v1/status", RUNNING));
                HttpCoordinators coordinators = at(waiting, leading)) {
            // when
            Value status = coordinators.get("status");
            // then
            assertThat(status.at("phase").text()).isEqualTo("RUNNING");
            assertThat(leading.asked()).containsExactly("GET /api/v1/status Bearer secret");
        }
    }

    @Test
    void when_none_leads_then_all_are_named() throws Exception {
        try (Answers waiting = Answers.of(Map.of("/api/v1/status", WAITS));
                HttpCoordinators coordinators = at(waiting)) {
            assertThatThrownBy(() -> coordinators.get("status")).hasMessageContaining(waiting.url() + " does not lead");
        }
    }

    @Test
    @Timeout(120)
    void when_an_answer_is_cut_off_behind_its_head_then_it_is_not_waited_for_for_ever() throws Exception {
        // given
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
        });
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        // when
        try (HttpCoordinators coordinators =
                HttpCoordinators.at(List.of(url), Optional.empty(), Duration.ofMillis(200))) {
            // then
            assertThatThrownBy(() -> coordinators.get("status"))
                    .hasMessageContainingAll(url, "no whole answer within 200 ms");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void when_the_coordinator_says_no_then_its_reason_is_told() throws Exception {
        try (Answers server = Answers.of(Map.of("/api/v1/checkpoints/9", NO));
                HttpCoordinators coordinators = at(server)) {
            assertThatThrownBy(() -> coordinators.get("checkpoints/9"))
                    .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.reason())
                            .isEqualTo("NO_SUCH_CHECKPOINT"))
                    .hasMessage("there are 1");
        }
    }

    @Test
    void when_a_pipeline_is_on_kubernetes_then_its_pods_are_asked_through_the_api_server() throws Exception {
        // given
        try (Answers server = Answers.of(cluster(WAITS, RUNNING))) {
            // when
            Value status = kubernetes(server).get("status");
            // then
            assertThat(status.at("phase").text()).isEqualTo("RUNNING");
        }
    }

    @Test
    void when_a_pipeline_on_kubernetes_has_regions_then_each_has_coordinators_of_its_own_name() throws Exception {
        // given
        String pod = "{\"metadata\": {\"name\": \"%s\", \"labels\": {\"app.kubernetes.io/instance\": \"%s\"}}}";
        String pods = "{\"kind\": \"PodList\", \"apiVersion\": \"v1\", \"items\": ["
                + String.join(
                        ",",
                        pod.formatted("c", "orders-take"),
                        pod.formatted("a", "orders"),
                        pod.formatted("b", "orders"))
                + "]}";
        try (Answers server = Answers.of(Map.of("/namespaces/flows/pods", new Answer(200, pods)))) {
            // then
            assertThat(KubernetesCoordinators.regions(kubectl(server), "orders"))
                    .extracting(KubernetesCoordinators::name)
                    .containsExactly("orders", "orders-take");
        }
    }

    @Test
    void when_something_is_asked_for_on_kubernetes_then_the_body_arrives() throws Exception {
        // given
        try (Answers server = Answers.of(cluster(RUNNING, RUNNING))) {
            // when
            kubernetes(server)
                    .post("restart", Value.fields().with("checkpoint", 4).build());
            // then
            assertThat(server.asked()).anyMatch(asked -> asked.endsWith("/restart {\"checkpoint\":4}"));
        }
    }

    @Test
    void when_lines_are_read_then_each_is_passed_on_and_the_exit_code_is_kept() throws Exception {
        // given
        Path program = folder.resolve("kubectl");
        Files.writeString(program, "#!/bin/sh\necho first\necho second in $2\nexit 3\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Kubectl kubectl = new Kubectl(program.toString(), Optional.of("here"), Optional.of("flows"));
        List<String> lines = new ArrayList<>();
        // when
        int code = kubectl.lines(List.of("logs"), lines::add);
        // then
        assertThat(lines).containsExactly("first", "second in --namespace=flows");
        assertThat(code).isEqualTo(3);
    }

    @Test
    void when_no_pod_leads_on_kubernetes_then_all_are_named() throws Exception {
        try (Answers server = Answers.of(cluster(WAITS, WAITS))) {
            assertThatThrownBy(() -> kubernetes(server).get("status"))
                    .hasMessageContaining("no coordinator of orders in namespace flows")
                    .hasMessageContaining("b");
        }
    }
}
