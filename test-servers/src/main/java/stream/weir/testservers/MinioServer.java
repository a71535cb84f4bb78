package stream.weir.testservers;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A MinIO server with one drive, or with four that can be lost. {@code test-servers/build-minio} builds the program; the system
 * property {@code weir.minio} names another one.
 */
public final class MinioServer implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofMinutes(5);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(2);

    private final Place place;
    private ServerProcess process;

    private MinioServer(Place place, ServerProcess process) {
        this.place = place;
        this.process = process;
    }

    /** @param drives folders of the server's own format */
    private record Place(Path program, Path folder, int port, List<Path> drives) {
        URI endpoint() {
            return URI.create("http://127.0.0.1:" + port);
        }
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
        return start(folder, List.of(folder.toAbsolutePath().resolve("data")));
    }

    /** As {@link #start}, with four drives, of which the server needs two to read and three to write. */
    public static MinioServer startWithDrives(Path folder) throws IOException {
        return start(
                folder,
                IntStream.rangeClosed(1, 4)
                        .mapToObj(number -> folder.toAbsolutePath().resolve("drive-" + number))
                        .toList());
    }

    private static MinioServer start(Path folder, List<Path> drives) throws IOException {
        Path program =
                program().orElseThrow(() -> new IOException(whyNotAvailable().orElse("")));
        Place place = new Place(program, folder.toAbsolutePath(), Ports.reserve(), drives);
        return new MinioServer(place, launch(place));
    }

    /** One server for all tests of this process that only need a bucket of their own; never stop it. */
    public static MinioServer shared() throws IOException {
        return Shared.SERVER.get();
    }

    public URI endpoint() {
        return place.endpoint();
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

    /** Where its buckets are, each object a folder of the server's own format; of the first drive. */
    public Path data() {
        return place.drives().getFirst();
    }

    /** Takes drives away while the server runs, the last ones first. */
    public void loseDrives(int count) throws IOException {
        List<Path> drives = place.drives();
        for (Path drive : drives.subList(drives.size() - count, drives.size())) {
            Files.move(drive, away(drive));
            // The server would make a folder that is missing anew, with nothing in it.
            Files.createFile(drive);
        }
    }

    /** Puts all drives back that were taken away. */
    public void returnDrives() throws IOException {
        for (Path drive : place.drives()) {
            if (Files.exists(away(drive))) {
                Files.delete(drive);
                Files.move(away(drive), drive);
            }
        }
    }

    private static Path away(Path drive) {
        return drive.resolveSibling(drive.getFileName() + ".away");
    }

    /** Creates a bucket, at any time, also while the server is down; one that is there already is kept. */
    public void createBucket(String name) throws IOException {
        // A folder on each drive is a bucket: no signed request is needed.
        for (Path drive : place.drives()) {
            Files.createDirectories(drive.resolve(name));
        }
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
        process = launch(place);
    }

    public synchronized boolean isRunning() {
        return process.isAlive();
    }

    @Override
    public void close() throws IOException {
        kill();
    }

    private static ServerProcess launch(Place place) throws IOException {
        Path certificates = Files.createDirectories(place.folder().resolve("certs"));
        List<String> command = new ArrayList<>(List.of(
                place.program().toString(),
                "server",
                "--quiet",
                "--address",
                "127.0.0.1:" + place.port(),
                "--certs-dir",
                certificates.toString()));
        for (Path drive : place.drives()) {
            command.add(Files.createDirectories(drive).toString());
        }
        // With MINIO_CI_CD it takes several folders of one disk for drives.
        Map<String, String> environment = Map.of(
                "MINIO_ROOT_USER", "weir-test",
                "MINIO_ROOT_PASSWORD", "weir-test-secret",
                "MINIO_BROWSER", "off",
                "MINIO_UPDATE", "off",
                "MINIO_API_REQUESTS_MAX", "1000",
                "GOGC", "50",
                "MINIO_CI_CD", "1");
        ServerProcess process = ServerProcess.start("minio", command, environment, place.folder());
        process.await(() -> isReady(place.endpoint()), READY_WITHIN);
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
