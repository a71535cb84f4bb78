package stream.weir.verification.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import stream.weir.testservers.KafkaServer;

/** Weir on a cluster, installed as its guide says: images pushed, operator and trial store by kustomize; and a Kafka beside it. */
final class Weir implements AutoCloseable {
    static final String NAMESPACE = "weir-system";
    static final String STORE = "http://minio." + NAMESPACE + ":9000";

    /** The tag of images that are there already. */
    private static final Optional<String> PUSHED = Optional.ofNullable(System.getProperty("weir.cluster.tag"));

    static final String OPERATOR = "app.kubernetes.io/name=weir-operator";

    private static final List<String> BUILT = List.of(
            "operator-functions/stage/target/quarkus-app/quarkus-run.jar",
            "coordinator-service/target/quarkus-app/quarkus-run.jar",
            "k8s-operator/target/quarkus-app/quarkus-run.jar",
            "k8s-operator/images/target/app");

    private final Cluster cluster;
    private final String tag;
    private final Path folder;
    private final KafkaServer kafka;

    private Weir(Cluster cluster, String tag, Path folder, KafkaServer kafka) {
        this.cluster = cluster;
        this.tag = tag;
        this.folder = folder;
        this.kafka = kafka;
    }

    /** Why these tests cannot run here; empty where they can. */
    static Optional<String> whyNotAvailable() {
        for (String each : PUSHED.isEmpty() ? BUILT : List.<String>of()) {
            if (!Files.exists(Cluster.ROOT.resolve(each))) {
                return Optional.of("the services are not built: run mvn package first (looked for " + each + ")");
            }
        }
        return Cluster.whyNotAvailable();
    }

    /** All of it, ready for pipelines. */
    static Weir install() throws IOException {
        Cluster cluster = Cluster.open();
        Path folder = Files.createTempDirectory("weir-on-cluster");
        KafkaServer kafka = KafkaServer.start(folder.resolve("kafka"), cluster.value("WEIR_HOST"));
        // One of its own for each run: nodes keep what they have pulled under a tag.
        Weir weir = new Weir(
                cluster, PUSHED.orElse("test-" + folder.getFileName().toString().replaceAll("\\D", "")), folder, kafka);
        if (PUSHED.isEmpty()) {
            weir.pushImages();
        }
        weir.applyOperator(List.of());
        // With nothing in it from an earlier run.
        weir.stopStore();
        weir.startStore();
        return weir;
    }

    Cluster cluster() {
        return cluster;
    }

    KafkaServer kafka() {
        return kafka;
    }

    /** A folder of this machine, which goes at the end; pods of the test cluster see it by the same path. */
    Path folder() {
        return folder;
    }

    private String images() {
        return cluster.value("REGISTRY") + "/weir";
    }

    private void pushImages() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "WEIR_BUILT=1",
                Cluster.ROOT.resolve("deploy/images").toString(),
                "--registry",
                images(),
                "--tag",
                tag,
                "--insecure"));
        if (cluster.isTestCluster()) {
            command.addAll(List.of("--base", cluster.value("REGISTRY") + "/base/jre:25"));
            pushStore();
        }
        cluster.program(Duration.ofMinutes(15), command.toArray(String[]::new));
    }

    /** The test cluster cannot pull MinIO's own image. */
    private void pushStore() throws IOException {
        cluster.program(
                Duration.ofMinutes(2), "bash", "-c", """
                set -e
                tar -C "$(dirname "$(command -v minio)")" --transform 's,^,bin/,' -cf "$2/minio.tar" minio
                crane append --insecure -b "$REGISTRY/base/busybox:1" -f "$2/minio.tar" -t "$1"
                """, "push", images() + "/minio:" + tag, folder.toString());
    }

    /**
     * Installs the operator, or takes another version of it: an overlay of the trial, applied as the guide says.
     *
     * @param settings {@code NAME=VALUE} of the operator
     */
    void applyOperator(List<String> settings) throws IOException {
        Path overlay = Files.createDirectories(folder.resolve("overlay"));
        StringBuilder literals = new StringBuilder();
        List<String> all = new ArrayList<>(List.of(
                "WEIR_OPERATOR_STAGE_IMAGE=" + images() + "/weir-stage:" + tag,
                "WEIR_OPERATOR_COORDINATOR_IMAGE=" + images() + "/weir-coordinator:" + tag,
                "WEIR_OPERATOR_CLEANUP_TIMEOUT=20s"));
        all.addAll(settings);
        all.forEach(setting -> literals.append("      - ").append(setting).append('\n'));
        String trial = overlay.toRealPath()
                .relativize(Cluster.ROOT.toRealPath().resolve("deploy/kustomize/trial"))
                .toString();
        Files.writeString(overlay.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                resources: [@trial@]
                images:
                  - {name: weir-operator, newName: @images@/weir-operator, newTag: @tag@}
                @store@
                configMapGenerator:
                  - name: weir-operator-settings
                    namespace: weir-system
                    behavior: merge
                    literals:
                @literals@
                @placed@
                """.replace("@trial@", trial)
                .replace(
                        "@store@",
                        cluster.isTestCluster()
                                ? "  - {name: quay.io/minio/minio, newName: @images@/minio, newTag: @tag@}"
                                : "")
                .replace("@images@", images())
                .replace("@tag@", tag)
                .replace("@literals@", literals.toString().stripTrailing())
                .replace("@placed@", cluster.isTestCluster() ? ON_SYSTEM_NODE : ""));
        cluster.kubectl("apply", "--server-side", "-k", overlay.toString());
        cluster.kubectl("-n", NAMESPACE, "rollout", "status", "deployment/weir-operator", "--timeout=180s");
    }

    /** As if its process or node had died: without time to do anything more. */
    void killOperator() throws IOException {
        cluster.kubectl(
                "-n", NAMESPACE, "delete", "pod", "-l", OPERATOR, "--force", "--grace-period=0", "--wait=false");
    }

    /** Has nodes have the image of coordinators, as those have where one was before: a pull takes what it takes. */
    void pullCoordinator(List<String> nodes) throws IOException, InterruptedException {
        for (String node : nodes) {
            String pod = "pull-on-" + node;
            cluster.kubectl("delete", "pod", pod, "--ignore-not-found", "--grace-period=0", "--force");
            cluster.apply("default", """
                    apiVersion: v1
                    kind: Pod
                    metadata: {name: @pod@}
                    spec:
                      nodeName: @node@
                      restartPolicy: Never
                      containers:
                        - {name: pull, image: "@images@/weir-coordinator:@tag@", command: [java, -version]}
                    """.replace("@pod@", pod)
                    .replace("@node@", node)
                    .replace("@images@", images())
                    .replace("@tag@", tag));
            Cluster.await(
                    node + " has the image",
                    () -> cluster.kubectl("get", "pod", pod, "-o", "jsonpath={.status.containerStatuses[0].imageID}"),
                    id -> !id.isBlank());
            cluster.kubectl("delete", "pod", pod, "--grace-period=0", "--force");
        }
    }

    /** What the present operator has said since it is there. */
    String operatorLog() throws IOException {
        return cluster.kubectl("-n", NAMESPACE, "logs", "-l", OPERATOR, "--tail=-1");
    }

    /** The store is gone, and with it what was in it. */
    void stopStore() throws IOException {
        cluster.kubectl("-n", NAMESPACE, "scale", "deployment/minio", "--replicas=0");
        cluster.kubectl(
                "-n", NAMESPACE, "wait", "--for=delete", "pod", "-l", "app.kubernetes.io/name=minio", "--timeout=60s");
    }

    void startStore() throws IOException {
        cluster.kubectl("-n", NAMESPACE, "scale", "deployment/minio", "--replicas=1");
        cluster.kubectl("-n", NAMESPACE, "rollout", "status", "deployment/minio", "--timeout=120s");
    }

    private static final String ON_SYSTEM_NODE = """
            patches:
              - target: {kind: Deployment}
                patch: |
                  - op: add
                    path: /spec/template/spec/nodeSelector
                    value: {kubernetes.io/hostname: node1}
                  - op: add
                    path: /spec/template/spec/tolerations
                    value: [{key: weir.test/system, operator: Exists}]
            """;

    @Override
    public void close() throws IOException {
        try (cluster;
                kafka) {
            if (!cluster.isTestCluster()) {
                cluster.kubectl("delete", "namespace", NAMESPACE, "--wait=false");
            }
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            all.sorted(java.util.Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
