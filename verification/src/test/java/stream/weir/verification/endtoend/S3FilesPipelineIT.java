package stream.weir.verification.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stream.weir.store.ObjectStore;
import stream.weir.store.ObjectStore.ObjectInfo;
import stream.weir.store.open.StoreEnvironment;
import stream.weir.store.open.StoreOptions;
import stream.weir.store.open.StoreSettings;
import stream.weir.store.open.StoreSettings.Addressing;
import stream.weir.store.open.StoreSettings.Credentials;
import stream.weir.store.open.Stores;
import stream.weir.testservers.MinioServer;

/** Objects in, objects out, through a kill and a restart with another number of replicas; by way of Parquet in between. */
class S3FilesPipelineIT {
    private static final int OBJECTS = 20;
    private static final int ROWS = 1000;
    private static final Pattern STARTED = Pattern.compile("(starts from nothing|goes on from checkpoint)");
    private static final Pattern ROW = Pattern.compile("\\{\"k\":\"(.+?)\",\"rows\":(\\d+),\"total\":(\\d+)}");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"aws", "minio"})
    void when_the_process_is_killed_and_goes_on_with_other_replicas_then_each_row_is_there_once(String client)
            throws Exception {
        // given
        assumeTrue(MinioServer.whyNotAvailable().isEmpty(), () -> MinioServer.whyNotAvailable()
                .orElse(""));
        MinioServer server = MinioServer.shared();
        String bucket = "files-" + client;
        server.createBucket(bucket);
        Map<String, String> environment =
                Map.of("AWS_ACCESS_KEY_ID", server.accessKey(), "AWS_SECRET_ACCESS_KEY", server.secretKey());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                ObjectStore store = open(server, bucket, client, threads)) {
            Map<String, List<Long>> expected = put(store);

            // when: lines to Parquet
            WeirProcess first = start(lines(server, bucket, client, 2, 2000), environment, "lines");
            first.awaitOutput(STARTED, 1);
            first.await(() -> committed(store, "parquet/") > 0);
            first.kill();
            WeirProcess second = start(lines(server, bucket, client, 3, 1_000_000), environment, "lines");
            assertThat(second.exitCode()).as(second::output).isZero();
            assertThat(second.output()).contains("goes on from checkpoint");

            // when: Parquet to lines
            WeirProcess last = start(sums(server, bucket, client), environment, "sums");
            assertThat(last.exitCode()).as(last::output).isZero();

            // then: running sums tell loss, duplicates and other orders apart
            assertThat(sums(store)).isEqualTo(expected);
            assertThat(store.list("parquet/_pending/")).isEmpty();
        }
    }

    private static ObjectStore open(MinioServer server, String bucket, String client, ExecutorService threads)
            throws IOException {
        StoreSettings found = new StoreOptions(
                        "s3://" + bucket,
                        client,
                        Optional.of(server.endpoint().toString()),
                        Optional.of(server.region()),
                        Addressing.PATH,
                        Optional.empty())
                .settings(Map.of());
        StoreSettings settings = new StoreSettings(
                found.uri(),
                client,
                found.endpoint(),
                found.region(),
                found.addressing(),
                new Credentials.Given(server.accessKey(), server.secretKey()),
                found.authorities());
        return Stores.open(settings, new StoreEnvironment(threads, Thread::sleep, new Random(1)));
    }

    /** @return for each key the number of its rows and their sum */
    private static Map<String, List<Long>> put(ObjectStore store) throws IOException {
        Random random = new Random(3);
        Map<String, List<Long>> expected = new HashMap<>();
        for (int object = 0; object < OBJECTS; object++) {
            StringBuilder lines = new StringBuilder();
            for (int row = 0; row < ROWS; row++) {
                String key = "k" + random.nextInt(50);
                long value = random.nextInt(1000);
                lines.append("{\"k\":\"%s\",\"v\":%d}\n".formatted(key, value));
                expected.merge(key, List.of(1L, value), (a, b) -> List.of(a.get(0) + 1, a.get(1) + b.get(1)));
            }
            store.upload("in/part-" + object + ".jsonl", lines.toString().getBytes(UTF_8));
        }
        return expected;
    }

    private static int committed(ObjectStore store, String prefix) {
        try {
            return (int) store.list(prefix).stream()
                    .filter(object -> !object.name().startsWith(prefix + "_"))
                    .count();
        } catch (IOException e) {
            return 0;
        }
    }

    private static Map<String, List<Long>> sums(ObjectStore store) throws IOException {
        Map<String, List<Long>> found = new HashMap<>();
        for (ObjectInfo object : store.list("sums/")) {
            if (object.name().startsWith("sums/_")) {
                continue;
            }
            Matcher rows =
                    ROW.matcher(new String(store.read(object.name(), 1 << 24).orElseThrow(), UTF_8));
            while (rows.find()) {
                List<Long> sum = List.of(Long.parseLong(rows.group(2)), Long.parseLong(rows.group(3)));
                found.merge(rows.group(1), sum, (a, b) -> a.get(0) > b.get(0) ? a : b);
            }
        }
        return found;
    }

    private WeirProcess start(String pipeline, Map<String, String> environment, String name) throws IOException {
        Path file = Files.writeString(folder.resolve(name + ".yaml"), pipeline);
        String work = folder.resolve("work-" + name).toString();
        return WeirProcess.start(
                folder.resolve("log-" + name), environment, "run", "--work-dir", work, file.toString());
    }

    private static String head(String name, MinioServer server, String bucket, String client) {
        return """
                apiVersion: weir.stream/v1alpha1
                kind: StreamPipeline
                metadata: {name: %s}
                spec:
                  checkpoint:
                    interval: 500ms
                    snapshots: {uri: "s3://%s/weir", client: %s, endpoint: "%s", pathStyle: true}
                  state: {backend: RocksDB, incremental: true}
                  stages:
                """.formatted(name, bucket, client, server.endpoint());
    }

    private static String lines(MinioServer server, String bucket, String client, int replicas, int rate) {
        return head("lines", server, bucket, client) + """
                    - name: in
                      replicas: %1$d
                      source:
                        s3:
                          uri: s3://%3$s/in
                          pattern: "*.jsonl"
                          schema: {k: string, v: int}
                          client: %4$s
                          endpoint: "%5$s"
                          pathStyle: true
                        rate: %2$d
                    - name: out
                      replicas: %1$d
                      inputs: [{from: in, keyBy: [k]}]
                      sink:
                        s3: {uri: "s3://%3$s/parquet", format: parquet, maxFileSize: 8KiB, client: %4$s, endpoint: "%5$s", pathStyle: true}
                """.formatted(replicas, rate, bucket, client, server.endpoint());
    }

    private static String sums(MinioServer server, String bucket, String client) {
        return head("sums", server, bucket, client) + """
                    - name: in
                      replicas: 2
                      source:
                        s3:
                          uri: s3://%1$s/parquet
                          format: parquet
                          schema: {k: string, v: int}
                          client: %2$s
                          endpoint: "%3$s"
                          pathStyle: true
                    - name: out
                      inputs: [{from: in, keyBy: [k]}]
                      steps:
                        - aggregate: {fields: {rows: {count: "*"}, total: {sum: v}}}
                      sink:
                        s3: {uri: "s3://%1$s/sums", client: %2$s, endpoint: "%3$s", pathStyle: true}
                """.formatted(bucket, client, server.endpoint());
    }
}
