package stream.weir.verification.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A cluster, and what stands beside it: a registry with the images, an object store. {@code KUBECONFIG}, {@code REGISTRY}, {@code
 * S3_ENDPOINT} and {@code WEIR_HOST} (this machine as pods reach it) name one that is there; otherwise the test cluster is started,
 * when its programs are built. Its own command is used for what happens to nodes.
 */
final class Cluster implements AutoCloseable {
    static final Path ROOT =
            Path.of(System.getProperty("weir.root", "..")).toAbsolutePath().normalize();
    static final String TAG = "test";

    private static final Path SCRIPT = ROOT.resolve("../shared/cluster/cluster").normalize();
    private static final Path PROGRAMS = Path.of(System.getProperty("user.home"), ".cache/testcluster/bin");
    private static final List<String> BUILT = List.of(
            "operator-functions/stage/target/quarkus-app/quarkus-run.jar",
            "coordinator-service/target/quarkus-app/quarkus-run.jar",
            "k8s-operator/images/target/app");
    private static final Pattern EXPORT = Pattern.compile("(\\w+)=(\\S+)");
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration POLL = Duration.ofMillis(250);

    private final Map<String, String> environment;
    private final Origin origin;
    private final HttpClient http = HttpClient.newHttpClient();

    private enum Origin {
        /** Ends with these tests. */
        STARTED,
        /** A test cluster that somebody else has started. */
        RUNNING,
        GIVEN
    }

    private Cluster(Map<String, String> environment, Origin origin) {
        this.environment = environment;
        this.origin = origin;
    }

    /** Why these tests cannot run here; empty where they can. */
    static Optional<String> whyNotAvailable() {
        for (String each : BUILT) {
            if (!Files.exists(ROOT.resolve(each))) {
                return Optional.of("the services are not built: run mvn package first (looked for " + each + ")");
            }
        }
        if (isGiven()) {
            return Optional.empty();
        }
        if (!Files.isExecutable(SCRIPT)) {
            return Optional.of("no cluster: neither KUBECONFIG and REGISTRY are set nor is " + SCRIPT + " there");
        }
        if (isRunning() && !"running".equals(System.getenv("WEIR_CLUSTER"))) {
            return Optional.of("a test cluster is up already, and somebody may be using it: end it with " + SCRIPT
                    + " down, or use it with WEIR_CLUSTER=running");
        }
        boolean built =
                Files.isExecutable(PROGRAMS.resolve("minio")) && Files.isExecutable(PROGRAMS.resolve("kubelet"));
        return built || "build".equals(System.getenv("WEIR_CLUSTER"))
                ? Optional.empty()
                : Optional.of("the test cluster's programs are not built: run " + SCRIPT.resolveSibling("build")
                        + " (15 minutes), or set WEIR_CLUSTER=build");
    }

    /** Starts or takes the cluster, and puts the images into its registry. */
    static Cluster open(int nodes) throws IOException {
        Cluster cluster = isGiven() ? new Cluster(System.getenv(), Origin.GIVEN) : started(nodes);
        cluster.pushImages();
        return cluster;
    }

    private static boolean isGiven() {
        return System.getenv("KUBECONFIG") != null && System.getenv("REGISTRY") != null;
    }

    private static boolean isRunning() {
        return Files.exists(PROGRAMS.resolveSibling("run/etcd.pid"));
    }

    private static Cluster started(int nodes) throws IOException {
        boolean running = isRunning();
        String printed = running
                ? run(System.getenv(), Duration.ofMinutes(1), "", SCRIPT.toString(), "env")
                : run(System.getenv(), Duration.ofMinutes(25), "", SCRIPT.toString(), "up", String.valueOf(nodes));
        Map<String, String> environment = new HashMap<>();
        Matcher each = EXPORT.matcher(printed);
        while (each.find()) {
            environment.put(each.group(1), each.group(2));
        }
        environment.put("PATH", PROGRAMS + ":" + System.getenv("PATH"));
        environment.put("WEIR_HOST", "10.77.0.1");
        Cluster cluster = new Cluster(environment, running ? Origin.RUNNING : Origin.STARTED);
        cluster.makeBucket();
        return cluster;
    }

    private void pushImages() throws IOException {
        List<String> command = new ArrayList<>(
                List.of(ROOT.resolve("deploy/images").toString(), "--registry", images(), "--tag", TAG, "--insecure"));
        if (origin != Origin.GIVEN) {
            command.addAll(List.of("--base", value("REGISTRY") + "/base/jre:25"));
        }
        Map<String, String> with = new HashMap<>(environment);
        with.put("WEIR_BUILT", "1");
        run(with, Duration.ofMinutes(15), "", command.toArray(String[]::new));
    }

    private static String program(String name) {
        Path built = PROGRAMS.resolve(name);
        return Files.isExecutable(built) ? built.toString() : name;
    }

    /** The bucket {@code weir} of the test cluster's MinIO. */
    private void makeBucket() throws IOException {
        run(
                environment,
                Duration.ofSeconds(30),
                "",
                "curl",
                "-sS",
                "--aws-sigv4",
                "aws:amz:us-east-1:s3",
                "--user",
                value("AWS_ACCESS_KEY_ID") + ":" + value("AWS_SECRET_ACCESS_KEY"),
                "-X",
                "PUT",
                value("S3_ENDPOINT") + "/weir");
    }

    String images() {
        return value("REGISTRY") + "/weir";
    }

    String value(String name) {
        return Optional.ofNullable(environment.get(name))
                .orElseThrow(() -> new IllegalStateException(name + " is not set"));
    }

    /** Fills {@code ${NAME}} in from the environment of the cluster. */
    String filled(String text) {
        String filled = text.replace("${IMAGES}", images()).replace("${TAG}", TAG);
        for (String name : List.of("S3_ENDPOINT", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "WEIR_HOST")) {
            filled = filled.replace("${" + name + "}", environment.getOrDefault(name, ""));
        }
        return filled;
    }

    String kubectl(String... arguments) throws IOException {
        return kubectlWith("", arguments);
    }

    /** Applies documents of YAML in a namespace. */
    void apply(String namespace, String documents) throws IOException {
        kubectlWith(filled(documents), "-n", namespace, "apply", "-f", "-");
    }

    private String kubectlWith(String input, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program("kubectl")));
        command.addAll(List.of(arguments));
        return run(environment, PATIENCE, input, command.toArray(String[]::new));
    }

    /** Power off, partition, and back: {@code kill}, {@code cut}, {@code heal}, {@code start}. */
    void node(String what, String node) throws IOException {
        run(environment, Duration.ofMinutes(2), "", SCRIPT.toString(), what, node);
    }

    boolean canLoseNodes() {
        return origin != Origin.GIVEN;
    }

    /** Fields of all pods with a label, one line for each pod. */
    List<String> pods(String namespace, String label, String jsonPath) throws IOException {
        return kubectl(
                        "-n",
                        namespace,
                        "get",
                        "pods",
                        "-l",
                        label,
                        "-o",
                        "jsonpath={range .items[*]}" + jsonPath + "{\"\\n\"}{end}")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    /** What one of the coordinators answers; empty while none does. */
    Optional<String> status(String namespace, String coordinatorLabel) throws IOException {
        for (String address : pods(namespace, coordinatorLabel, "{.status.podIP}")) {
            try {
                HttpResponse<String> answer = http.send(
                        HttpRequest.newBuilder(URI.create("http://" + address + ":8081/api/v1/status"))
                                .timeout(Duration.ofSeconds(2))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == 200) {
                    return Optional.of(answer.body());
                }
            } catch (IOException e) {
                continue;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Waits until a value is such; gives it. */
    <T> T await(String what, Question<T> question, Predicate<T> condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        T last = question.ask();
        while (!condition.test(last)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + PATIENCE + ": " + what + "; the last was " + last);
            }
            Thread.sleep(POLL);
            last = question.ask();
        }
        return last;
    }

    interface Question<T> {
        T ask() throws IOException;
    }

    /** What people would look at when a test fails. */
    String report(String namespace) throws IOException {
        return kubectl("-n", namespace, "get", "pods,events", "-o", "wide");
    }

    @Override
    public void close() throws IOException {
        http.close();
        if (origin == Origin.STARTED) {
            run(System.getenv(), Duration.ofMinutes(3), "", SCRIPT.toString(), "down");
        }
    }

    private static String run(Map<String, String> with, Duration within, String input, String... command)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(with);
        Path errors = Files.createTempFile("weir-cluster", ".err");
        try {
            builder.redirectError(errors.toFile());
            Process process = builder.start();
            process.outputWriter().write(input);
            process.outputWriter().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + " failed: " + output + Files.readString(errors));
            }
            return output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            Files.deleteIfExists(errors);
        }
    }
}
