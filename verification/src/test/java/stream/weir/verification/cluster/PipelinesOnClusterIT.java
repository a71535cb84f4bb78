package stream.weir.verification.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stream.weir.verification.endtoend.Contract;
import stream.weir.verification.endtoend.Rows;

/** Pipelines that people apply: those of the contract, and samples. */
@Timeout(600)
@ExtendWith(OnCluster.class)
final class PipelinesOnClusterIT {
    /** What is not JSON, as a dead letter has it: in Base64. */
    private static final String UNREADABLE = "d2hhdCBpcyB0aGlzPw==";

    /** A volume that all nodes share: here a folder of this machine, which all nodes of the test cluster see. */
    private static final String VOLUME = """
            apiVersion: v1
            kind: PersistentVolume
            metadata: {name: @place@}
            spec:
              capacity: {storage: 1Gi}
              accessModes: [ReadWriteMany]
              storageClassName: @place@
              hostPath: {path: "@folder@"}
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: data}
            spec:
              accessModes: [ReadWriteMany]
              storageClassName: @place@
              resources: {requests: {storage: 1Gi}}
            """;

    @ParameterizedTest
    @ValueSource(strings = {"flight-delays", "weather-delays"})
    void when_a_pipeline_of_the_contract_is_applied_then_its_output_is_the_expected_one(String name, Weir weir)
            throws Exception {
        assumeTrue(weir.cluster().isTestCluster(), "skipped: it takes a folder that all nodes and this machine share");
        Path contract = Contract.folder();
        try (Place place = Place.create(weir, name)) {
            // given
            Path folder = Files.createDirectories(weir.folder().resolve(name));
            Path output = Files.createDirectory(folder.resolve("out"));
            for (Path open : new Path[] {folder, output}) {
                Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
            }
            Files.createDirectory(folder.resolve("data"));
            for (String each : new String[] {"flights-january.csv.gz", "weather-january.csv.gz"}) {
                Files.copy(
                        contract.resolve("data").resolve(each),
                        folder.resolve("data").resolve(each));
            }
            place.apply(VOLUME.replace("@place@", name).replace("@folder@", folder.toString()));
            // when
            place.apply(onVolume(Files.readString(contract.resolve(name + ".yaml"))));
            place.awaitReady(name);
            place.awaitPhase(name, "Completed");
            // then
            var expected = Rows.of(contract.resolve("expected").resolve(name + ".csv"));
            Rows.assertSame(Rows.committed(output.resolve(name)), expected.subList(1, expected.size()));
            Cluster.await(
                    "its pods go", () -> place.pods("weir.stream/pipeline").size(), size -> size == 0);
        } finally {
            weir.cluster().kubectl("delete", "persistentvolume", name, "--wait=false");
        }
    }

    /** The file as it stands, but for its paths, for where its snapshots are, and for the volume that its files are on. */
    private static String onVolume(String pipeline) {
        String mounted =
                "template: {spec: {containers: [{name: stage, volumeMounts: [{name: data, mountPath: /shared}]}],"
                        + " volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]}}";
        return pipeline.replace("path: data/", "path: /shared/data/")
                .replace("path: out/", "path: /shared/out/")
                .replaceAll(
                        "snapshots: \\{uri: .*}",
                        "snapshots: {uri: \"s3://weir/contract\", endpoint: \"" + Weir.STORE
                                + "\", pathStyle: true, credentialsSecret: trial-store}")
                .replaceAll("(?m)^    - name: (flights|weather|report)$", "    - name: $1\n      " + mounted);
    }

    @Test
    void when_the_first_pipeline_of_the_guide_is_applied_then_it_is_ready_and_prints_totals(Weir weir)
            throws Exception {
        try (Place place = Place.create(weir, "first")) {
            // when: as docs/guides/install.md has it
            place.kubectl("delete", "secret", "trial-store");
            place.apply(sample("first-pipeline"));
            place.waitFor("streampipeline/first-pipeline", "condition=Ready");
            place.kubectl("scale", "streamstage/first-pipeline-totals", "--replicas=3");
            place.waitFor("streamstage/first-pipeline-totals", "jsonpath={.status.readyReplicas}=3");
            // then
            Cluster.await(
                    "totals in the log",
                    () -> place.kubectl("logs", "-l", "weir.stream/stage=print", "--tail=-1"),
                    log -> log.contains("{\"customer\":3,\"orders\":5,\"spent\":115}"));
            assertThat(place.kubectl("get", "streaming"))
                    .contains("first-pipeline-orders", "streamcheckpoint.weir.stream/first-pipeline-");
            place.kubectl("delete", "streampipeline/first-pipeline", "--timeout=60s");
            Cluster.await(
                    "its pods go", () -> place.pods("weir.stream/pipeline").size(), size -> size == 0);
        }
    }

    @Test
    void when_the_sample_between_topics_is_applied_then_each_total_is_there_once(Weir weir) throws Exception {
        try (Place place = Place.create(weir, "topics");
                TotalsTopics topics = TotalsTopics.create(weir.kafka(), "orders", "totals")) {
            // given
            String pipeline = sample("kafka-totals")
                    .replace("localhost:9092", weir.kafka().bootstrap())
                    .replaceAll(
                            "snapshots: \\{uri: .*}",
                            "snapshots: {uri: \"s3://weir/topics\", endpoint: \"" + Weir.STORE
                                    + "\", pathStyle: true, credentialsSecret: trial-store}");
            topics.feed(5_000);
            // when
            place.apply(pipeline);
            place.awaitReady("kafka-totals");
            topics.feed(5_000);
            topics.feedUnreadable("what is this?");
            topics.feed(5_000);
            Cluster.await("all totals", topics::rows, rows -> rows >= 15_000);
            // then
            Cluster.await(
                    "the rejected record in the log",
                    () -> place.kubectl("logs", "-l", "weir.stream/stage=rejects", "--tail=-1"),
                    log -> log.contains(UNREADABLE));
            place.kubectl(
                    "patch", "streampipeline", "kafka-totals", "--type=merge", "-p", "{\"spec\":{\"suspend\":true}}");
            place.awaitPhase("kafka-totals", "Suspended");
            topics.assertExact();
        }
    }

    private static String sample(String name) throws IOException {
        return Files.readString(
                Cluster.ROOT.resolve("deploy/samples").resolve(name).resolve("pipeline.yaml"));
    }
}
