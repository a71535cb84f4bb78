package stream.weir.verification.services;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import stream.weir.network.TlsFiles;
import stream.weir.testservers.Ports;
import stream.weir.testservers.ServerProcess;

/** The processes of one pipeline: coordinators and stages as users run them, each in a JVM of its own. */
final class Services implements AutoCloseable {
    private static final Path ROOT =
            Path.of(System.getProperty("weir.root", "..")).toAbsolutePath().normalize();
    private static final Path STAGE = ROOT.resolve("operator-functions/stage/target/quarkus-app/quarkus-run.jar");
    private static final Path COORDINATOR = ROOT.resolve("coordinator-service/target/quarkus-app/quarkus-run.jar");
    private static final Duration PATIENCE = Extent.lasting(Duration.ofMinutes(3), Duration.ofMinutes(10));
    private static final Pattern NEWEST = Pattern.compile("\"newest\":\\{\"id\":(\\d+)");
    private static final Pattern LISTENS = Pattern.compile("Listening on: (http://127\\.0\\.0\\.1:\\d+)");
    private static final Pattern RUN = Pattern.compile("\"run\":(\\d+),\"term\":(\\d+)");
    private static final Duration POLL = Duration.ofMillis(50);

    private Path pipeline;
    private final Path folder;
    private final Map<String, String> environment;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, ServerProcess> running = new LinkedHashMap<>();
    private final List<Coordinator> coordinators = new ArrayList<>();

    /**
     * @param folder for logs and working state
     * @param environment of all processes
     */
    Services(Path pipeline, Path folder, Map<String, String> environment) {
        this.pipeline = pipeline;
        this.folder = folder;
        this.environment = environment;
    }

    /** Ports of a coordinator, kept over its restarts. */
    record Coordinator(String name, int control, int http, int https) {}

    /** Why these tests cannot run here; empty where they can. */
    static Optional<String> whyNotAvailable() {
        return Files.exists(STAGE) && Files.exists(COORDINATOR)
                ? Optional.empty()
                : Optional.of("the services are not built: run mvn package first (looked for " + STAGE + ")");
    }

    /** Chooses the ports of coordinators; to be called before anything is started. */
    void reserve(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            coordinators.add(new Coordinator("coordinator-" + i, Ports.reserve(), Ports.reserve(), Ports.reserve()));
        }
    }

    void startCoordinator(int number) throws IOException {
        Coordinator coordinator = coordinators.get(number);
        Map<String, String> its = new LinkedHashMap<>(environment);
        its.put("WEIR_PIPELINE_FILE", pipeline.toString());
        its.put("WEIR_CONTROL_HOST", "127.0.0.1");
        its.put("WEIR_CONTROL_ADVERTISED_HOST", "127.0.0.1");
        its.put("WEIR_CONTROL_PORT", String.valueOf(coordinator.control()));
        its.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        its.put("QUARKUS_HTTP_PORT", String.valueOf(coordinator.http()));
        its.put("WEIR_CONSOLE_PORT", "0");
        if (Files.exists(consoleToken())) {
            its.put("WEIR_CONSOLE_TOKEN_FILE", consoleToken().toString());
        }
        its.put("QUARKUS_HTTP_SSL_PORT", String.valueOf(coordinator.https()));
        start(coordinator.name(), COORDINATOR, its);
    }

    /** Where the token of consoles is; they have none where it is not there. */
    Path consoleToken() {
        return folder.resolve("console-token");
    }

    /** @param name of the process; its folder for local state is kept from one start to the next */
    void startStage(String name, String stage) throws IOException {
        startStage(name, stage, Map.of());
    }

    /** Has a process say whether the stage could begin with a checkpoint; its log has the answer, and its exit code. */
    int checkState(String name, String stage, String checkpoint) throws IOException {
        startStage(name, stage, Map.of("WEIR_STAGE_CHECK", checkpoint));
        return process(name).awaitExit(PATIENCE);
    }

    /** @param more of its environment */
    void startStage(String name, String stage, Map<String, String> more) throws IOException {
        Map<String, String> its = new LinkedHashMap<>(environment);
        its.putAll(more);
        its.put("WEIR_PIPELINE_FILE", pipeline.toString());
        its.put("WEIR_STAGE_NAME", stage);
        its.put("WEIR_STAGE_INSTANCE", name);
        its.put("WEIR_STAGE_FOLDER", state(name).toString());
        its.put("WEIR_DATA_HOST", "127.0.0.1");
        its.put("WEIR_DATA_ADVERTISED_HOST", "127.0.0.1");
        its.put("WEIR_DATA_PORT", "0");
        its.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        its.put("QUARKUS_HTTP_PORT", "0");
        its.put("QUARKUS_HTTP_SSL_PORT", "0");
        its.put(
                "WEIR_COORDINATOR_ADDRESSES",
                String.join(
                        ",",
                        coordinators.stream()
                                .map(each -> "127.0.0.1:" + each.control())
                                .toList()));
        start(name, STAGE, its);
    }

    /** The file of all processes that are started from now on. */
    void use(Path changed) {
        pipeline = changed;
    }

    ServerProcess process(String name) {
        ServerProcess process = running.get(name);
        if (process == null) {
            throw new IllegalArgumentException("no process " + name + " among " + running.keySet());
        }
        return process;
    }

    void kill(String name) throws IOException {
        process(name).kill();
    }

    /** Bytes that a process can make a file grow to, from now on: what a full disk is to it. */
    void limitFiles(String name, long bytes) throws IOException, InterruptedException {
        prlimit(name, "--fsize=" + bytes + ":");
    }

    void unlimitFiles(String name) throws IOException, InterruptedException {
        prlimit(name, "--fsize=unlimited:");
    }

    private void prlimit(String name, String limit) throws IOException, InterruptedException {
        Process prlimit = new ProcessBuilder(
                        "prlimit", "--pid", String.valueOf(process(name).pid()), limit)
                .inheritIO()
                .start();
        if (prlimit.waitFor() != 0) {
            throw new IOException("prlimit " + limit + " of " + name + " ended with " + prlimit.exitValue());
        }
    }

    /** Working state of a stage's process; it is kept from one start to the next. */
    Path state(String name) {
        return folder.resolve("state-" + name);
    }

    /** What a process has printed, over all its starts. */
    String log(String name) throws IOException {
        Path log = folder.resolve(name + ".log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    /** The status as the coordinator that leads tells it; empty while none does. */
    Optional<String> status() {
        for (Coordinator coordinator : coordinators) {
            Optional<String> answer = get(coordinator, "/api/v1/status");
            if (answer.isPresent()) {
                return answer;
            }
        }
        return Optional.empty();
    }

    /** The answer of the coordinator that leads to a request for its status by HTTPS, with its first line. */
    String secureStatus(TlsFiles trusted) throws IOException, GeneralSecurityException {
        String leader = leader().orElseThrow(() -> new IOException("nobody leads"));
        int port = coordinators.stream()
                .filter(each -> each.name().equals(leader))
                .findFirst()
                .orElseThrow()
                .https();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream authority = Files.newInputStream(trusted.authority())) {
            store.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(authority));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        try (Socket socket = context.getSocketFactory().createSocket("127.0.0.1", port)) {
            String request = "GET /api/v1/status HTTP/1.1\r\nHost: coordinator\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Waits until a process has printed something like this, at least so many times over all its starts. */
    void awaitLog(String name, Pattern expected, int times) throws InterruptedException, IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (expected.matcher(log(name)).results().count() < times) {
            if (System.nanoTime() > end) {
                throw new AssertionError(name + " has not said \"" + expected + "\" " + times + " times within "
                        + PATIENCE + "\n" + logs());
            }
            Thread.sleep(POLL);
        }
    }

    /** Where health and metrics of a process are, as {@code http://HOST:PORT}; waits until it says so. */
    String address(String name) throws IOException, InterruptedException {
        return first(name, LISTENS);
    }

    /** The first group of what a process has printed first of this kind; waits until it has. */
    String first(String name, Pattern expected) throws IOException, InterruptedException {
        awaitLog(name, expected, 1);
        return expected.matcher(log(name)).results().findFirst().orElseThrow().group(1);
    }

    /** Waits until a checkpoint is complete that is newer than the newest one now; gives the status. */
    String awaitProgress() throws IOException, InterruptedException {
        long newest = newestCheckpoint(await("somebody leads", _ -> true));
        return await("a checkpoint after " + newest, status -> newestCheckpoint(status) > newest);
    }

    /** As {@link #awaitProgress}, or until the job is over: then true. */
    boolean awaitProgressOrEnd() throws IOException, InterruptedException {
        long newest = newestCheckpoint(await("somebody leads", _ -> true));
        return isOver(
                await("a checkpoint after " + newest, status -> newestCheckpoint(status) > newest || isOver(status)));
    }

    private static boolean isOver(String status) {
        return status.contains("\"phase\":\"COMPLETED\"");
    }

    /** Starts a process again, with the name and folder that it had. */
    void restart(String name) throws IOException {
        if (name.startsWith("coordinator-")) {
            startCoordinator(Integer.parseInt(name.substring("coordinator-".length())));
        } else {
            startStage(name, name.replaceFirst("-\\d+$", ""));
        }
    }

    /** Name of the coordinator that leads. */
    Optional<String> leader() {
        return coordinators.stream()
                .filter(each -> get(each, "/api/v1/status").isPresent())
                .map(Coordinator::name)
                .findFirst();
    }

    /** Asks the coordinator that leads. */
    Optional<String> get(String path) {
        return coordinators.stream().flatMap(each -> get(each, path).stream()).findFirst();
    }

    /** Waits until the status is such; gives it. */
    String await(String what, Predicate<String> condition) throws InterruptedException, IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Optional<String> last = Optional.empty();
        while (System.nanoTime() < end) {
            Optional<String> status = status();
            if (status.filter(condition).isPresent()) {
                return status.get();
            }
            last = status.or(() -> Optional.of("nobody leads"));
            Thread.sleep(POLL);
        }
        throw new AssertionError("not within " + PATIENCE + ": " + what + "; the status is " + last + "\n" + logs());
    }

    /** Number of the run that a status shows; 0 for none. */
    static long run(String status) {
        Matcher run = RUN.matcher(status);
        return run.find() ? Long.parseLong(run.group(1)) : 0;
    }

    /** Number of the term that a status shows; 0 for none. */
    static long term(String status) {
        Matcher term = RUN.matcher(status);
        return term.find() ? Long.parseLong(term.group(2)) : 0;
    }

    /** Id of the newest complete checkpoint that a status shows; 0 for none. */
    long newestCheckpoint(String status) {
        Matcher newest = NEWEST.matcher(status);
        return newest.find() ? Long.parseLong(newest.group(1)) : 0;
    }

    String awaitPhase(String phase) throws InterruptedException, IOException {
        return await("phase " + phase, status -> status.contains("\"phase\":\"" + phase + "\""));
    }

    /** Posts to the coordinator that leads; gives the answer's status. */
    int post(String path, String body) throws IOException, InterruptedException {
        return send("POST", path, body);
    }

    /** As {@link #post}, with the method PUT. */
    int put(String path, String body) throws IOException, InterruptedException {
        return send("PUT", path, body);
    }

    /** As {@link #post}, with the method DELETE. */
    int delete(String path) throws IOException, InterruptedException {
        return send("DELETE", path, "");
    }

    /** Waits until the coordinator that leads gives this answer. */
    void awaitGet(String path, String expected) throws InterruptedException, IOException {
        await(path + " is " + expected, _ -> get(path).filter(expected::equals).isPresent());
    }

    private int send(String method, String path, String body) throws IOException, InterruptedException {
        for (Coordinator coordinator : coordinators) {
            if (get(coordinator, "/api/v1/status").isPresent()) {
                HttpRequest request = HttpRequest.newBuilder(uri(coordinator, path))
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build();
                return http.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
            }
        }
        throw new IOException("nobody leads");
    }

    Optional<String> get(Coordinator coordinator, String path) {
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(uri(coordinator, path))
                            .timeout(Duration.ofSeconds(5))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        for (ServerProcess each : running.values()) {
            each.kill();
        }
    }

    private void start(String name, Path jar, Map<String, String> its) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                jar.toString());
        running.put(name, ServerProcess.start(name, command, its, folder));
    }

    private String logs() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String name : running.keySet()) {
            String log = log(name);
            all.append("== ").append(name).append('\n').append(log.substring(Math.max(0, log.length() - 3_000)));
        }
        return all.toString();
    }

    private static URI uri(Coordinator coordinator, String path) {
        return URI.create("http://127.0.0.1:" + coordinator.http() + path);
    }
}
