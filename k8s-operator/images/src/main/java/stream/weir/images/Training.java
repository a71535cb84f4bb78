package stream.weir.images;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
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
import java.util.concurrent.TimeUnit;

/**
 * Runs a small job with the services of the images, on the Java runtime of their base image, and makes an AOT cache for each from
 * what it was seen to do (JEP 483, 514 and 515).
 *
 * @param java the base image's runtime
 * @param folder for whatever the job writes
 */
record Training(Path java, Path folder) {
    private static final int MOST_SECONDS = 180;
    /** From the end of the first process to that of the last. */
    private static final int LAST_SECONDS = 60;

    private static final int TAIL = 3_000;
    private static final int PORTS = 4;
    private static final int ATTEMPTS = 3;

    /** Makes the caches of a coordinator and of stages' services. */
    void train(Layout coordinator, List<Layout> stages) throws IOException, ImageFailedException {
        Layout.deleteAll(folder);
        Files.createDirectories(folder);
        for (int i = 0; i < stages.size(); i++) {
            // The coordinator's is made with the first one.
            Recorder boss = new Recorder(java, coordinator, folder.resolve("coordinator.recorded"));
            Recorder stage = new Recorder(java, stages.get(i), folder.resolve("stage-" + i + ".recorded"));
            recordOrTryAgain(boss, stage);
            stage.create();
            if (i == 0) {
                boss.create();
            }
        }
    }

    /** A port may be taken by somebody else meanwhile. */
    private void recordOrTryAgain(Recorder coordinator, Recorder stage) throws IOException, ImageFailedException {
        for (int attempt = 1; ; attempt++) {
            try {
                record(coordinator, stage);
                return;
            } catch (ImageFailedException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private void record(Recorder coordinator, Recorder stage) throws IOException, ImageFailedException {
        Path place = Files.createTempDirectory(folder, "run-");
        List<Process> processes = new ArrayList<>();
        try (TrainingStore store = TrainingStore.start();
                TrainingCluster cluster = TrainingCluster.start()) {
            Path pipeline = place.resolve("training.yaml");
            Files.writeString(pipeline, pipeline(store.endpoint(), place));
            Map<String, String> common = new HashMap<>(Map.of(
                    "WEIR_PIPELINE_FILE", pipeline.toString(),
                    "AWS_ACCESS_KEY_ID", "training",
                    "AWS_SECRET_ACCESS_KEY", "training",
                    "QUARKUS_HTTP_HOST", "127.0.0.1",
                    "WEIR_DATA_HOST", "127.0.0.1",
                    "WEIR_DATA_ADVERTISED_HOST", "127.0.0.1",
                    "WEIR_DATA_PORT", "0",
                    "QUARKUS_HTTP_PORT", "0"));
            List<Integer> ports = freePorts();
            String control = String.valueOf(ports.get(0));
            Pages pages = new Pages(ports.get(1), ports.get(2));
            Map<String, String> leads = new HashMap<>(common);
            leads.put("WEIR_CONTROL_HOST", "127.0.0.1");
            leads.put("WEIR_CONTROL_ADVERTISED_HOST", "127.0.0.1");
            leads.put("WEIR_CONTROL_PORT", control);
            leads.put("WEIR_CONTROL_EXIT_WHEN_OVER", "true");
            leads.putAll(inCluster(cluster.url(), place));
            leads.put("QUARKUS_HTTP_PORT", String.valueOf(pages.coordinator()));
            processes.add(coordinator.start(leads, place.resolve("coordinator.log")));
            common.put("WEIR_COORDINATOR_ADDRESSES", "127.0.0.1:" + control);
            for (String name : List.of("numbers", "sums")) {
                Map<String, String> its = new HashMap<>(common);
                its.put("WEIR_STAGE_NAME", name);
                its.put("WEIR_STAGE_FOLDER", place.resolve("state-" + name).toString());
                int page = name.equals("sums") ? pages.stage() : ports.get(3);
                its.put("QUARKUS_HTTP_PORT", String.valueOf(page));
                Path log = place.resolve(name + ".log");
                processes.add(name.equals("sums") ? stage.start(its, log) : stage.startOnly(its, log));
            }
            pages.visit(processes);
            awaitAll(processes, place);
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
    }

    /** That it leads by a Lease and shows the job is most of what a coordinator does before it leads. */
    private static Map<String, String> inCluster(String api, Path place) {
        return Map.of(
                "WEIR_KUBERNETES_ENABLED",
                "true",
                "WEIR_KUBERNETES_NAMESPACE",
                TrainingCluster.NAMESPACE,
                "KUBECONFIG",
                place.resolve("none").toString(),
                "KUBERNETES_MASTER",
                api);
    }

    /** Ports of what probes and users ask for over HTTP. */
    private record Pages(int coordinator, int stage) {
        private static final Duration PAUSE = Duration.ofMillis(200);

        /** Asks for all of them until a process has ended. */
        void visit(List<Process> processes) throws ImageFailedException {
            try (HttpClient http = HttpClient.newHttpClient()) {
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
                while (System.nanoTime() < end && processes.stream().allMatch(Process::isAlive)) {
                    Thread.sleep(PAUSE);
                    for (String path : List.of("/q/health/live", "/q/health/ready", "/q/health/started", "/metrics")) {
                        get(http, stage, path);
                        get(http, coordinator, path);
                    }
                    get(http, coordinator, "/api/v1/status");
                    get(http, coordinator, "/api/v1/checkpoints");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ImageFailedException("interrupted", e);
            }
        }

        private static void get(HttpClient http, int port, String path) throws InterruptedException {
            try {
                http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .timeout(Duration.ofSeconds(5))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
            } catch (IOException e) {
                // Not up yet, or over.
                return;
            }
        }
    }

    private static void awaitAll(List<Process> processes, Path place) throws IOException, ImageFailedException {
        try {
            for (Process process : processes) {
                if (!process.waitFor(LAST_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                    throw new ImageFailedException(
                            "the training run did not come to its end (deploy/images --no-aot leaves it out): "
                                    + logs(place));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImageFailedException("interrupted", e);
        }
    }

    private static String pipeline(String endpoint, Path place) throws IOException {
        try (InputStream in = Training.class.getResourceAsStream("training.yaml")) {
            if (in == null) {
                throw new IOException("training.yaml is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("${endpoint}", endpoint)
                    .replace("${folder}", place.toString());
        }
    }

    private static String logs(Path place) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String name : List.of("coordinator", "numbers", "sums")) {
            Path log = place.resolve(name + ".log");
            String text = Files.exists(log) ? Files.readString(log) : "";
            all.append("\n== ").append(name).append('\n').append(text.substring(Math.max(0, text.length() - TAIL)));
        }
        return all.toString();
    }

    /** All different; somebody else may take one before it is used. */
    private static List<Integer> freePorts() throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < PORTS; i++) {
                sockets.add(new ServerSocket(0));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }
}
