package stream.weir.verification.cluster;

import java.io.IOException;
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
 * A cluster and the registry beside it. {@code KUBECONFIG}, {@code REGISTRY} and {@code WEIR_HOST} (this machine as pods reach it) name
 * one that is there; otherwise the test cluster is started, when its programs are built. Its own command is used for what happens to
 * nodes.
 */
final class Cluster implements AutoCloseable {
    static final Path ROOT =
            Path.of(System.getProperty("weir.root", "..")).toAbsolutePath().normalize();

    /** Runs what is beside pipelines: nodes that tests kill are others. */
    static final String SYSTEM_NODE = "node1";

    private static final int NODES = 4;
    private static final Path SCRIPT = ROOT.resolve("../shared/cluster/cluster").normalize();
    private static final Path PROGRAMS = Path.of(System.getProperty("user.home"), ".cache/testcluster/bin");
    private static final List<String> NEEDED = List.of("minio", "kubelet", "kubectl", "registry", "crane");
    private static final Pattern EXPORT = Pattern.compile("(\\w+)=(\\S+)");
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration POLL = Duration.ofMillis(250);

    private final Map<String, String> environment;
    private final Origin origin;

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
        if (isGiven()) {
            return System.getenv("WEIR_HOST") != null
                    ? Optional.empty()
                    : Optional.of(
                            "KUBECONFIG and REGISTRY are set, and WEIR_HOST, this machine as pods reach it, is not");
        }
        if (!Files.isExecutable(SCRIPT)) {
            return Optional.of("no cluster: neither KUBECONFIG and REGISTRY are set nor is " + SCRIPT + " there");
        }
        if (isRunning() && !"running".equals(System.getenv("WEIR_CLUSTER"))) {
            return Optional.of("a test cluster is up already, and somebody may be using it: end it with " + SCRIPT
                    + " down, or use it with WEIR_CLUSTER=running");
        }
        boolean built = NEEDED.stream().allMatch(name -> Files.isExecutable(PROGRAMS.resolve(name)));
        return built || "build".equals(System.getenv("WEIR_CLUSTER"))
                ? Optional.empty()
                : Optional.of("the test cluster's programs are not built: run " + SCRIPT.resolveSibling("build")
                        + " (15 minutes), or set WEIR_CLUSTER=build");
    }

    /** Starts or takes the cluster. */
    static Cluster open() throws IOException {
        return isGiven() ? new Cluster(System.getenv(), Origin.GIVEN) : started();
    }

    private static boolean isGiven() {
        return System.getenv("KUBECONFIG") != null && System.getenv("REGISTRY") != null;
    }

    private static boolean isRunning() {
        return Files.exists(PROGRAMS.resolveSibling("run/etcd.pid"));
    }

    private static Cluster started() throws IOException {
        boolean running = isRunning();
        String printed = running
                ? run(System.getenv(), Duration.ofMinutes(1), "", SCRIPT.toString(), "env")
                : run(System.getenv(), Duration.ofMinutes(25), "", SCRIPT.toString(), "up", String.valueOf(NODES));
        Map<String, String> environment = new HashMap<>();
        Matcher each = EXPORT.matcher(printed);
        while (each.find()) {
            environment.put(each.group(1), each.group(2));
        }
        environment.put("PATH", PROGRAMS + ":" + System.getenv("PATH"));
        environment.put("WEIR_HOST", "10.77.0.1");
        Cluster cluster = new Cluster(environment, running ? Origin.RUNNING : Origin.STARTED);
        cluster.kubectl("taint", "node", SYSTEM_NODE, "weir.test/system=true:NoSchedule", "--overwrite");
        return cluster;
    }

    /** Whether it is the test cluster: its nodes can be lost, they share this machine's disk, and it has a base image. */
    boolean isTestCluster() {
        return origin != Origin.GIVEN;
    }

    String value(String name) {
        return Optional.ofNullable(environment.get(name))
                .orElseThrow(() -> new IllegalStateException(name + " is not set"));
    }

    String kubectl(String... arguments) throws IOException {
        return kubectlWith("", arguments);
    }

    /** Applies documents of YAML in a namespace, as people do. */
    void apply(String namespace, String documents) throws IOException {
        kubectlWith(documents, "-n", namespace, "apply", "-f", "-");
    }

    private String kubectlWith(String input, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Files.isExecutable(PROGRAMS.resolve("kubectl"))
                        ? PROGRAMS.resolve("kubectl").toString()
                        : "kubectl"));
        command.addAll(List.of(arguments));
        return run(environment, PATIENCE, input, command.toArray(String[]::new));
    }

    /** What the API server says against it; fails where it does not. */
    String refusal(String namespace, String documents) {
        try {
            apply(namespace, documents);
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
        throw new AssertionError("was accepted: " + documents);
    }

    /** Runs a program on this machine, with the cluster's environment. */
    String program(Duration within, String... command) throws IOException {
        return run(environment, within, "", command);
    }

    /** Power off, partition, and back: {@code kill}, {@code cut}, {@code heal}, {@code start}. */
    void node(String what, String node) throws IOException {
        run(environment, Duration.ofMinutes(2), "", SCRIPT.toString(), what, node);
    }

    /** Waits until it is ready, and pods may go there. */
    void awaitNode(String node) throws IOException, InterruptedException {
        String fields = "jsonpath={.status.conditions[?(@.type==\"Ready\")].status} {.spec.taints[*].key}";
        await(
                node + " is ready, and not marked as lost",
                () -> kubectl("get", "node", node, "-o", fields),
                said -> said.strip().equals("True"));
    }

    /** Waits until a value is such; gives it. */
    static <T> T await(String what, Question<T> question, Predicate<T> condition)
            throws IOException, InterruptedException {
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

    @Override
    public void close() throws IOException {
        if (origin == Origin.STARTED) {
            run(System.getenv(), Duration.ofMinutes(3), "", SCRIPT.toString(), "down");
        }
    }

    private static String run(Map<String, String> with, Duration within, String input, String... command)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(with);
        Path errors = Files.createTempFile("weir-cluster", ".err");
        Path output = Files.createTempFile("weir-cluster", ".out");
        try {
            builder.redirectError(errors.toFile());
            builder.redirectOutput(output.toFile());
            Process process = builder.start();
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            boolean ended = process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            String said = Files.readString(output);
            if (!ended || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + " failed: " + said + Files.readString(errors));
            }
            return said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            Files.deleteIfExists(errors);
            Files.deleteIfExists(output);
        }
    }
}
