package stream.weir.images;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Has the operator of the image lead and look at a pipeline for a while, and makes its AOT cache of that.
 *
 * @param java the base image's runtime
 * @param folder for the recording and the log
 */
record OperatorTraining(Path java, Path folder) {
    private static final int MOST_SECONDS = 120;
    private static final int ENOUGH_SECONDS = 10;
    private static final int LAST_SECONDS = 60;
    private static final int TAIL = 3_000;
    private static final Duration PAUSE = Duration.ofMillis(200);

    void train(Layout operator) throws IOException, ImageFailedException {
        Layout.deleteAll(folder);
        Files.createDirectories(folder);
        Path log = folder.resolve("operator.log");
        Recorder recorder = new Recorder(java, operator, folder.resolve("operator.recorded"));
        int port = freePort();
        try (TrainingCluster cluster = TrainingCluster.start()) {
            Process process = recorder.start(environment(cluster.url(), port), log);
            try {
                if (!visit(process, port)) {
                    throw new ImageFailedException("the operator was not ready for " + ENOUGH_SECONDS + " s of "
                            + MOST_SECONDS + " s in its training run (deploy/images --no-aot leaves it out): "
                            + tail(log));
                }
                process.destroy();
                if (!process.waitFor(LAST_SECONDS, TimeUnit.SECONDS) || !Files.exists(recorder.recording())) {
                    throw new ImageFailedException(
                            "the operator's training run did not come to its end (deploy/images --no-aot leaves it out): "
                                    + tail(log));
                }
            } finally {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImageFailedException("interrupted", e);
        }
        recorder.create();
    }

    private Map<String, String> environment(String api, int port) {
        return Map.of(
                "KUBECONFIG",
                folder.resolve("none").toString(),
                "QUARKUS_KUBERNETES_CLIENT_API_SERVER_URL",
                api,
                "KUBERNETES_MASTER",
                api,
                "WEIR_OPERATOR_ELECTION_NAMESPACE",
                TrainingCluster.NAMESPACE,
                "QUARKUS_HTTP_HOST",
                "127.0.0.1",
                "QUARKUS_HTTP_PORT",
                String.valueOf(port));
    }

    /** Asks for what probes and people ask for, until it has been ready for a while; whether it has. */
    private static boolean visit(Process process, int port) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        long enough = end;
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (System.nanoTime() < Math.min(end, enough) && process.isAlive()) {
                Thread.sleep(PAUSE);
                get(http, port, "/q/health/live");
                get(http, port, "/q/health/started");
                get(http, port, "/metrics");
                if (get(http, port, "/q/health/ready") && enough == end) {
                    enough = System.nanoTime() + TimeUnit.SECONDS.toNanos(ENOUGH_SECONDS);
                }
            }
        }
        return enough != end && process.isAlive();
    }

    private static boolean get(HttpClient http, int port, String path) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static String tail(Path log) throws IOException {
        List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
        String text = String.join("\n", lines);
        return text.substring(Math.max(0, text.length() - TAIL));
    }

    /** Somebody else may take it before it is used: then the run fails, and says so. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
