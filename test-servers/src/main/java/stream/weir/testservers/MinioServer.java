package stream.weir.testservers;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A MinIO server with one drive. {@code test-servers/build-minio} builds the program; the system property {@code weir.minio} names
 * another one.
 */
public final class MinioServer implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(2);

    private final Path program;
    private final Path folder;
    private final int port;
    private final URI endpoint;
    private ServerProcess process;

    private MinioServer(Path program, Path folder, int port, URI endpoint, ServerProcess process) {
        this.program = program;
        this.folder = folder;
        this.port = port;
        this.endpoint = endpoint;
        this.process = process;
    }

    /** Why a test has to be skipped here; empty where the server can be started. */
    public static Optional<String> whyNotAvailable() {
        return program().isPresent()
                ? Optional.empty()
                : Optional.of("no MinIO server at any of " + programs().toList()
                        + ": build it with test-servers/build-minio (needs Go), or name one with -Dweir.minio=FILE");
    }

    /**
     * Starts a server on a free port of the loopback address and waits until it answers.
     *
     * @param folder for its data and its output; what is there already is served
     */
    public static MinioServer start(Path folder) throws IOException {
        Path program =
                program().orElseThrow(() -> new IOException(whyNotAvailable().orElse("")));
        int port = Ports.reserve();
        URI endpoint = URI.create("http://127.0.0.1:" + port);
        Path absolute = folder.toAbsolutePath();
        return new MinioServer(program, absolute, port, endpoint, launch(program, absolute, port, endpoint));
    }

    /** One server for all tests of this process that only need a bucket of their own; never stop it. */
    public static MinioServer shared() throws IOException {
        return Shared.SERVER.get();
    }

    public URI endpoint() {
        return endpoint;
    }

    public String accessKey() {
        return "weir-test";
    }

    public String secretKey() {
        return "weir-test-secret";
    }

    public String region() {
        return "us-east-1";
    }

    /** Where its buckets are, each object a folder of the server's own format. */
    public Path data() {
        return folder.resolve("data");
    }

    /** Creates a bucket, at any time, also while the server is down; one that is there already is kept. */
    public void createBucket(String name) throws IOException {
        // With one drive a folder is a bucket: no signed request is needed.
        Files.createDirectories(data().resolve(name));
    }

    /** Ends the server in order. */
    public synchronized void stop() throws IOException {
        process.stop();
    }

    /** {@code kill -9}. */
    public synchronized void kill() throws IOException {
        process.kill();
    }

    /** Stops it from running: connections are accepted by the system and nothing answers. */
    public synchronized void pause() throws IOException {
        process.signal("STOP");
    }

    public synchronized void resume() throws IOException {
        process.signal("CONT");
    }

    /** Starts it again on the same port and folder, after having killed it if it was running. */
    public synchronized void restart() throws IOException {
        process.kill();
        process = launch(program, folder, port, endpoint);
    }

    public synchronized boolean isRunning() {
        return process.isAlive();
    }

    @Override
    public void close() throws IOException {
        kill();
    }

    private static ServerProcess launch(Path program, Path folder, int port, URI endpoint) throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        Path certificates = Files.createDirectories(folder.resolve("certs"));
        List<String> command = List.of(
                program.toString(),
                "server",
                "--quiet",
                "--address",
                "127.0.0.1:" + port,
                "--certs-dir",
                certificates.toString(),
                data.toString());
        Map<String, String> environment = Map.of(
                "MINIO_ROOT_USER", "weir-test",
                "MINIO_ROOT_PASSWORD", "weir-test-secret",
                "MINIO_BROWSER", "off",
                "MINIO_UPDATE", "off",
                "MINIO_API_REQUESTS_MAX", "1000",
                "GOGC", "50");
        ServerProcess process = ServerProcess.start("minio", command, environment, folder);
        process.await(() -> isReady(endpoint), READY_WITHIN);
        return process;
    }

    /** Its health check says yes before the object layer is there; an unsigned request is refused only by a server that is. */
    private static boolean isReady(URI endpoint) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) endpoint.resolve("/").toURL().openConnection();
        connection.setConnectTimeout((int) ANSWERS_WITHIN.toMillis());
        connection.setReadTimeout((int) ANSWERS_WITHIN.toMillis());
        try {
            return connection.getResponseCode() == HttpURLConnection.HTTP_FORBIDDEN;
        } finally {
            connection.disconnect();
        }
    }

    private static Optional<Path> program() {
        return programs().filter(Files::isExecutable).findFirst();
    }

    private static Stream<Path> programs() {
        String named = System.getProperty("weir.minio", "");
        return named.isEmpty()
                ? Stream.of(cache("WEIR_CACHE", "weir"), cache("TESTCLUSTER_HOME", "testcluster"))
                        .map(cache -> cache.resolve("bin/minio"))
                : Stream.of(Path.of(named));
    }

    private static Path cache(String variable, String name) {
        String set = System.getenv(variable);
        return set == null || set.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache", name) : Path.of(set);
    }

    /** The server of this process, started by whoever asks first. */
    private static final class Shared {
        private static final Shared SERVER = new Shared();

        private Optional<MinioServer> server = Optional.empty();

        synchronized MinioServer get() throws IOException {
            if (server.isEmpty()) {
                server = Optional.of(start(Files.createTempDirectory("weir-minio-")));
            }
            return server.get();
        }
    }
}
