package stream.weir.verification.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.testservers.KafkaServer;

/** The images on a real cluster, with manifests by hand: a job runs there, loses nodes, and its output is exact. */
@Timeout(1_200)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.MethodName.class)
final class ImagesOnClusterIT {
    private static final Map<String, Integer> STAGES =
            new LinkedHashMap<>(Map.of("numbers", 1, "sums", 2, "report", 1));
    private static final Duration BACK_WITHIN = Duration.ofSeconds(60);

    private @Nullable Cluster cluster;
    private @Nullable KafkaServer kafka;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException {
        Optional<String> why = Cluster.whyNotAvailable();
        assumeTrue(why.isEmpty(), why.orElse(""));
        Cluster opened = Cluster.open(3);
        cluster = opened;
        kafka = KafkaServer.start(folder.resolve("kafka"), opened.value("WEIR_HOST"));
        opened.kubectl("apply", "-k", Cluster.ROOT.resolve("deploy/crds").toString());
        opened.kubectl("wait", "--for=condition=Established", "--timeout=60s", "crd", "--all");
    }

    @AfterAll
    void close() throws IOException {
        if (kafka != null) {
            kafka.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void when_a_job_runs_to_its_end_then_its_output_is_exact_and_the_cluster_shows_it() throws Exception {
        long numbers = 60_000;
        try (SumsTopic output = start("plain", numbers, 3_000)) {
            // when
            awaitPhase("plain", "COMPLETED");
            cluster().await("all rows", output::rows, rows -> rows >= numbers);
            // then
            output.assertExact(numbers);
            String shown = cluster()
                    .await(
                            "the status shows it",
                            () -> cluster()
                                    .kubectl("-n", "plain", "get", "ckptco", "plain", "-o", "jsonpath={.status.phase}"),
                            "COMPLETED"::equals);
            assertThat(shown).isEqualTo("COMPLETED");
            assertThat(cluster().kubectl("-n", "plain", "get", "checkpoints", "-o", "name"))
                    .contains("streamcheckpoint.weir.stream/plain-");
            assertThat(cluster()
                            .kubectl(
                                    "-n",
                                    "plain",
                                    "get",
                                    "lease",
                                    "plain-coordinator",
                                    "-o",
                                    "jsonpath={.spec.holderIdentity}"))
                    .contains(":7071");
        } finally {
            end("plain");
        }
    }

    @Test
    void when_nodes_are_lost_then_the_job_goes_on_elsewhere_and_its_output_is_exact() throws Exception {
        assumeTrue(cluster().canLoseNodes(), "only nodes of the test cluster can be lost");
        long numbers = 300_000;
        try (SumsTopic output = start("losses", numbers, 3_000)) {
            // given
            cluster().await("output", output::rows, rows -> rows > 3_000);
            // when
            String node =
                    cluster().pods("losses", "part=sums", "{.spec.nodeName}").getFirst();
            long killed = System.nanoTime();
            cluster().node("kill", node);
            // Without the operator somebody has to say that these pods are gone.
            forceDelete("losses", node);
            long before = output.rows();
            cluster().await("output after the loss", output::rows, rows -> rows > before + 3_000);
            // then
            System.out.println("committed output again after the loss of " + node + ": "
                    + Duration.ofNanos(output.lastNanos() - killed).toMillis() + " ms");
            assertThat(Duration.ofNanos(output.lastNanos() - killed)).isLessThan(BACK_WITHIN);
            output.assertNoneWrong();
            cluster().node("start", node);
            awaitPhase("losses", "COMPLETED");
            cluster().await("all rows", output::rows, rows -> rows >= numbers);
            output.assertExact(numbers);
        } finally {
            end("losses");
        }
    }

    private SumsTopic start(String name, long numbers, int rate) throws IOException {
        kafka().createTopic(name, 1);
        cluster().kubectl("create", "namespace", name);
        String pipeline = HandMade.sums(name, numbers, rate, "prefix-" + name, kafka().bootstrap());
        cluster().apply(name, HandMade.manifests(name, pipeline, STAGES));
        return SumsTopic.read(kafka().bootstrap(), name);
    }

    private void awaitPhase(String name, String phase) throws IOException, InterruptedException {
        cluster()
                .await(
                        "phase " + phase,
                        () -> cluster().status(name, "part=coordinator").orElse("nobody leads"),
                        status -> status.contains("\"phase\":\"" + phase + "\""));
    }

    private void forceDelete(String namespace, String node) throws IOException {
        List<String> lost = cluster().pods(namespace, "app=" + namespace, "{.metadata.name} {.spec.nodeName}").stream()
                .filter(line -> line.endsWith(" " + node))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
        cluster().kubectl("cordon", node);
        for (String pod : lost) {
            cluster().kubectl("-n", namespace, "delete", "pod", pod, "--force", "--grace-period=0", "--wait=false");
        }
    }

    private void end(String namespace) throws IOException {
        cluster().kubectl("delete", "namespace", namespace, "--wait=false");
    }

    private Cluster cluster() {
        if (cluster == null) {
            throw new IllegalStateException("not open");
        }
        return cluster;
    }

    private KafkaServer kafka() {
        if (kafka == null) {
            throw new IllegalStateException("not started");
        }
        return kafka;
    }
}
