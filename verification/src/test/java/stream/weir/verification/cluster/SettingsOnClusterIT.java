package stream.weir.verification.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import stream.weir.network.TestCertificates;
import stream.weir.network.TlsFiles;

/** What pipelines may ask for beside their graph: certificates, volumes, a second coordinator. */
@Timeout(900)
@ExtendWith(OnCluster.class)
@EnabledIfSystemProperty(named = "weir.cluster", matches = "full")
final class SettingsOnClusterIT {
    private static final int VOLUMES = 8;
    private static final String STAGES = "app.kubernetes.io/component=stage";

    /** That strangers are refused is shown between processes, by TlsServicesIT. */
    @Test
    void when_a_pipeline_has_certificates_then_its_processes_find_each_other_by_them_and_output_is_exact(Weir weir)
            throws Exception {
        try (Place place = Place.create(weir, "tls")) {
            // given
            TestCertificates authority = TestCertificates.authority(
                    Files.createDirectories(weir.folder().resolve("tls")), "authority");
            secret(place, authority.issue("sums"));
            try (Sums sums = Sums.start(
                    weir,
                    place,
                    "sums",
                    2,
                    yaml -> yaml.replace("spec:\n", "spec:\n  tls: {secretName: sums-tls}\n"))) {
                sums.awaitMore();
                assertThat(place.kubectl(
                                        "get",
                                        "pods",
                                        "-o",
                                        "jsonpath={range .items[*]}{.spec.volumes[?(@.name==\"tls\")].secret.secretName}{\"\\n\"}{end}")
                                .lines())
                        .hasSize(5)
                        .containsOnly("sums-tls");
                // when
                kill(place, sums.pods("sums"));
                kill(place, sums.coordinators());
                // then
                sums.awaitMore();
                place.awaitReady("sums");
                sums.suspendAndAssertExact();
            }
        }
    }

    @Test
    void when_state_is_on_volumes_then_each_pod_has_one_and_output_is_exact_without_that_of_a_lost_pod(Weir weir)
            throws Exception {
        assumeTrue(weir.cluster().isTestCluster(), "volumes are folders of this machine");
        try (Place place = Place.create(weir, "volumes")) {
            // given
            Path folder = Files.createDirectories(weir.folder().resolve("volumes"));
            for (int i = 0; i < VOLUMES; i++) {
                volume(weir, Files.createDirectories(folder.resolve("volume-" + i)), i);
            }
            try (Sums sums = Sums.start(
                    weir,
                    place,
                    "sums",
                    2,
                    yaml -> yaml.replace(
                            "incremental: true}",
                            "incremental: true, volume: {size: 1Gi, storageClassName: weir-test}}"))) {
                sums.awaitMore();
                assertThat(claims(place)).hasSize(4).isEqualTo(claimsOf(place.pods(STAGES)));
                assertThat(written(folder)).as("volumes with RocksDB's files").isGreaterThanOrEqualTo(2);
                // when
                Map<String, Place.Pod> before = sums.pods("sums");
                kill(place, before);
                // then
                sums.awaitMore();
                place.awaitReady("sums");
                Cluster.await(
                        "the claim of the lost pod goes with it, and there is one for the new pod",
                        () -> claims(place).equals(claimsOf(place.pods(STAGES))),
                        same -> same);
                sums.suspendAndAssertExact();
            }
        } finally {
            weir.cluster().kubectl("delete", "persistentvolumes", "-l", "weir.test/volume", "--wait=false");
        }
    }

    @Test
    void when_one_of_two_coordinators_dies_then_the_other_leads_and_no_replica_restarts(Weir weir) throws Exception {
        try (Place place = Place.create(weir, "two-leaders");
                Sums sums = Sums.start(
                        weir,
                        place,
                        "sums",
                        2,
                        yaml -> yaml.replace("coordinator: {replicas: 1}", "coordinator: {replicas: 2}"))) {
            // given
            sums.awaitMore();
            Cluster.await("two coordinators", () -> sums.coordinators().size(), size -> size == 2);
            Map<String, Place.Pod> stages = place.pods(STAGES);
            String run = place.field("checkpointcoordinator/sums", ".status.run");
            String leader = place.field("checkpointcoordinator/sums", ".status.leader");
            // when
            long begun = System.nanoTime();
            place.kubectl("delete", "pod", leader, "--force", "--grace-period=0", "--wait=false");
            // then
            String next = Cluster.await(
                    "another leader",
                    () -> place.field("checkpointcoordinator/sums", ".status.leader"),
                    now -> !now.equals(leader));
            sums.awaitMore();
            System.out.println("leader of two killed: committed output again after "
                    + (sums.output().backAfter(begun) - begun) / 1_000_000 + " ms");
            assertThat(next).startsWith("sums-coordinator-");
            place.waitFor("checkpointcoordinator/sums", "condition=Ready");
            assertThat(place.field("checkpointcoordinator/sums", ".status.run")).isEqualTo(run);
            assertThat(place.pods(STAGES)).isEqualTo(stages);
            sums.suspendAndAssertExact();
        }
    }

    private static void kill(Place place, Map<String, Place.Pod> pods) throws IOException {
        place.kubectl("delete", "pod", pods.keySet().iterator().next(), "--force", "--grace-period=0", "--wait=false");
    }

    private static void secret(Place place, TlsFiles files) throws IOException {
        place.kubectl(
                "create",
                "secret",
                "generic",
                "sums-tls",
                "--from-file=tls.crt=" + files.certificate(),
                "--from-file=tls.key=" + files.key(),
                "--from-file=ca.crt=" + files.authority());
    }

    private static void volume(Weir weir, Path folder, int index) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        weir.cluster()
                .apply("default", """
                apiVersion: v1
                kind: PersistentVolume
                metadata: {name: weir-test-@index@, labels: {weir.test/volume: "true"}}
                spec:
                  capacity: {storage: 1Gi}
                  accessModes: [ReadWriteOnce]
                  storageClassName: weir-test
                  persistentVolumeReclaimPolicy: Retain
                  hostPath: {path: @folder@}
                """.replace("@index@", String.valueOf(index)).replace("@folder@", folder.toString()));
    }

    /** {@code NAME Bound} for each pod, in the order of their names. */
    private static List<String> claimsOf(Map<String, Place.Pod> pods) {
        return pods.keySet().stream().map(pod -> pod + "-work Bound").toList();
    }

    /** {@code NAME PHASE}, in the order of their names. */
    private static List<String> claims(Place place) throws IOException {
        return place.kubectl(
                        "get",
                        "persistentvolumeclaims",
                        "-o",
                        "jsonpath={range .items[*]}{.metadata.name} {.status.phase}{\"\\n\"}{end}")
                .lines()
                .sorted()
                .toList();
    }

    private static long written(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().equals("CURRENT"))
                    .map(file -> folder.relativize(file).getName(0))
                    .distinct()
                    .count();
        }
    }
}
