package stream.weir.verification.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import stream.weir.testservers.MinioServer;
import stream.weir.testservers.Ports;

/** Whatever goes wrong, nothing that a process prints or answers has a secret in it. */
@Timeout(900)
class SecretsIT {
    private static final String IN_ENVIRONMENT = "s3cret-of-the-environment";
    private static final String IN_ADDRESS = "s3cret-of-the-address";
    private static final String IN_HEADER = "s3cret-of-the-header";
    private static final String IN_PROPERTIES = "s3cret-of-the-properties";
    private static final String TOKEN = "s3cret-of-the-console";
    private static final List<String> SECRETS = List.of("s3cret", "weir-test-secret");

    private static final List<String> PROCESSES = List.of("coordinator-0", "numbers", "rows");
    private static final Pattern CONSOLE = Pattern.compile("console: (http://127\\.0\\.0\\.1:\\d+)/");

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void theServicesAreBuilt() {
        Optional<String> why = Services.whyNotAvailable();
        assumeTrue(why.isEmpty(), why.orElse(""));
    }

    /** Something outside that cannot be reached, with a secret for it. */
    enum Outside {
        DATABASE_BY_URL(
                "sink: {jdbc: {url: 'jdbc:postgresql://127.0.0.1:%d/shop?user=weir&password=" + IN_ADDRESS
                        + "', table: t, key: [n], timeout: 2s}}",
                "jdbc:postgresql://127.0.0.1|Connection to 127.0.0.1"),
        DATABASE_BY_VARIABLE(
                "sink: {jdbc: {url: 'jdbc:postgresql://127.0.0.1:%d/shop', table: t, key: [n], user: weir,"
                        + " passwordEnv: SHOP_PASSWORD, timeout: 2s}}",
                "jdbc:postgresql://127.0.0.1|Connection to 127.0.0.1"),
        RECEIVER(
                "sink: {http: {url: 'http://127.0.0.1:%d/hook?key=" + IN_ADDRESS + "', retries: 1, timeout: 2s,"
                        + " headers: {Authorization: 'Bearer " + IN_HEADER + "'}}}",
                "http://127.0.0.1:\\d+/hook"),
        BROKER(
                "sink: {kafka: {brokers: '127.0.0.1:%d', topic: t, format: json, properties: {security.protocol:"
                        + " SASL_PLAINTEXT, sasl.mechanism: PLAIN, sasl.jaas.config:"
                        + " 'org.apache.kafka.common.security.plain.PlainLoginModule required username=\"weir\""
                        + " password=\"" + IN_PROPERTIES + "\";'}}}",
                "127.0.0.1:\\d+.*could not be established|Timed? ?out|Timeout");

        private final String sink;
        private final Pattern trouble;

        Outside(String sink, String trouble) {
            this.sink = sink;
            this.trouble = Pattern.compile(trouble);
        }
    }

    @ParameterizedTest
    @EnumSource
    void when_something_outside_cannot_be_reached_then_what_is_said_of_it_has_no_secret(Outside outside)
            throws Exception {
        // given
        Path pipeline =
                pipeline(outside.sink.formatted(Ports.reserve()), Snapshots.folder(), "tolerableFailures: -1, ");
        try (Services services =
                new Services(pipeline, folder, Map.of("SHOP_PASSWORD", IN_ENVIRONMENT, "WEIR_CONTROL_PORT", "0"))) {
            // when
            start(services);
            services.awaitLog("rows", outside.trouble, 1);
            // then
            assertNoSecrets(services, PROCESSES);
            assertThat(get(services.first("coordinator-0", CONSOLE) + "/api/sketch"))
                    .as("the console shows the pipeline file")
                    .contains("127.0.0.1");
        }
    }

    @Test
    void when_a_job_fails_and_its_store_is_lost_then_each_change_is_one_line_with_its_reason_and_without_secrets()
            throws Exception {
        Optional<String> why = MinioServer.whyNotAvailable();
        assumeTrue(why.isEmpty(), why.orElse(""));
        try (MinioServer minio = MinioServer.start(folder.resolve("minio"))) {
            // given a sink that never takes a row, so that no checkpoint can be complete
            Snapshots store = Snapshots.in(minio);
            Path pipeline = pipeline(
                    "sink: {http: {url: 'http://127.0.0.1:%d/hook', retries: 1000}}".formatted(Ports.reserve()),
                    store,
                    "tolerableFailures: 0, timeout: 2s, ");
            Map<String, String> environment = new LinkedHashMap<>(store.environment());
            environment.put("WEIR_ELECTION_LEASE_DURATION", "10m");
            environment.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true");
            try (Services services = new Services(pipeline, folder, environment)) {
                // when
                start(services);
                services.awaitPhase("FAILED");
                minio.kill();
                services.awaitLog("coordinator-0", Pattern.compile("the lease of [^\"]* is unknown"), 1);
                // then
                assertNoSecrets(services, List.of("coordinator-0"));
                List<String> messages = messages(services.log("coordinator-0"));
                assertThat(messages).anyMatch(line -> line.matches("secrets: checkpoint \\d+ failed: TIMED_OUT: .*"));
                assertChain(messages);
            }
        }
    }

    /** Each state begins where the one before ended: none was left out, and none was told twice. */
    private static void assertChain(List<String> messages) {
        List<MatchResult> changes = messages.stream()
                .flatMap(line -> Pattern.compile("^secrets: ([A-Z]\\w+) -> ([A-Z]\\w+): (.+)$")
                        .matcher(line)
                        .results())
                .toList();
        assertThat(changes).isNotEmpty();
        for (int i = 1; i < changes.size(); i++) {
            assertThat(changes.get(i).group(1)).isEqualTo(changes.get(i - 1).group(2));
        }
        assertThat(changes.getLast().group(2)).isEqualTo("Failed");
        assertThat(changes.getLast().group(3)).startsWith("CHECKPOINTS_FAILED: ");
    }

    /** What a log of JSON lines says; each line has to be one whole object. */
    private static List<String> messages(String log) {
        List<String> lines = log.substring(0, log.lastIndexOf('\n') + 1)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        assertThat(lines)
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).startsWith("{").endsWith("}"));
        Pattern message = Pattern.compile("\"message\":\"((?:[^\"\\\\]|\\\\.)*)\"");
        return lines.stream()
                .flatMap(line -> message.matcher(line).results().limit(1))
                .map(found -> found.group(1).replace("\\\"", "\""))
                .toList();
    }

    private Path pipeline(String sink, Snapshots snapshots, String checkpoint) throws IOException {
        return Files.writeString(folder.resolve("pipeline.yaml"), """
                apiVersion: weir.stream/v1alpha1
                kind: StreamPipeline
                metadata: {name: secrets}
                spec:
                  checkpoint: {%sinterval: 300ms, snapshots: %s}
                  stages:
                    - name: numbers
                      source:
                        generator: {fields: {n: {sequence: 0}}}
                        rate: 50
                    - name: rows
                      inputs: [{from: numbers}]
                      %s
                """.formatted(checkpoint, snapshots.yaml(), sink));
    }

    private void start(Services services) throws IOException {
        services.reserve(1);
        Files.writeString(services.consoleToken(), TOKEN + "\n");
        services.startCoordinator(0);
        services.startStage("numbers", "numbers");
        services.startStage("rows", "rows");
    }

    /** @param asked processes that answer still */
    private void assertNoSecrets(Services services, List<String> asked) throws IOException, InterruptedException {
        Map<String, String> said = new LinkedHashMap<>();
        for (String process : asked) {
            String rest = services.address(process);
            for (String path : List.of("/metrics", "/q/health", "/q/health/live", "/q/health/ready")) {
                said.put(process + path, get(rest + path));
            }
        }
        for (String process : PROCESSES) {
            said.put("log of " + process, services.log(process));
        }
        String rest = services.address("coordinator-0");
        for (String path : List.of(
                "/api/v1/status", "/api/v1/checkpoints", "/api/v1/checkpoints/1", "/api/v1/savepoints", "/q/openapi")) {
            said.put("coordinator" + path, get(rest + path));
        }
        String console = services.first("coordinator-0", CONSOLE);
        for (String path : List.of("/", "/console.js", "/api/sketch", "/api/kept", "/api/checkpoints/1")) {
            said.put("console" + path, get(console + path));
        }
        assertThat(said.get("coordinator/api/v1/status")).contains("\"pipeline\":\"secrets\"");
        said.forEach((where, text) -> assertThat(text).as(where).doesNotContain(SECRETS));
    }

    /** Nothing where a process has ended meanwhile. */
    private String get(String address) throws IOException, InterruptedException {
        try {
            return http.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
                    .body();
        } catch (ConnectException _) {
            return "";
        }
    }
}
