package stream.weir.verification.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import stream.weir.testservers.KafkaServer;
import stream.weir.testservers.TopicContent;

/**
 * From topic to topic: what comes out for each key is a running count and sum of what went in, so that a record that is lost, doubled
 * or out of order shows. The oracle grows with what is {@link #feed fed}; the job reads on until it is stopped.
 */
final class TopicsJob {
    private static final int KEYS = 20;
    private static final int PARTITIONS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path folder;
    private final KafkaServer kafka;
    private final Snapshots snapshots;
    private final Random random;
    private final String name;
    private final Map<String, List<String>> expected = new TreeMap<>();
    private final Map<String, long[]> sums = new HashMap<>();
    private long fed;

    private TopicsJob(Path folder, KafkaServer kafka, Snapshots snapshots, String name, Random random) {
        this.folder = folder;
        this.kafka = kafka;
        this.snapshots = snapshots;
        this.name = name;
        this.random = random;
    }

    /**
     * Creates the topics, and writes the pipeline file.
     *
     * @param name of the pipeline, and of the topics with {@code -in} and {@code -out}: one of its own for each job on a server
     * @param sink further options of the sink, in YAML's flow style
     * @param random draws keys
     */
    static TopicsJob write(Path folder, KafkaServer kafka, Snapshots snapshots, String name, String sink, Random random)
            throws IOException {
        kafka.createTopic(name + "-in", PARTITIONS);
        kafka.createTopic(name + "-out", PARTITIONS);
        Files.writeString(
                folder.resolve("pipeline.yaml"), """
                apiVersion: weir.stream/v1alpha1
                kind: StreamPipeline
                metadata: {name: %1$s}
                spec:
                  checkpoint: {interval: 300ms, timeout: 10s, tolerableFailures: -1, snapshots: %2$s}
                  state: {backend: RocksDB, incremental: true}
                  stages:
                    - name: in
                      replicas: 2
                      source:
                        kafka: {brokers: "%3$s", topic: %1$s-in, schema: {k: string, n: int}}
                        rate: 2000
                    - name: totals
                      replicas: 2
                      inputs: [{from: in, keyBy: [k]}]
                      steps:
                        - aggregate: {fields: {count: {count: "*"}, sum: {sum: n}}}
                      sink:
                        kafka: {brokers: "%3$s", topic: %1$s-out, key: [k], %4$s}
                """.formatted(name, snapshots.yaml(), kafka.bootstrap(), sink));
        return new TopicsJob(folder, kafka, snapshots, name, random);
    }

    /** With all processes started, and all replicas at work. */
    Services running(int coordinators) throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(snapshots.environment());
        environment.put("WEIR_RECOVERY_RESTART_DELAY", "50ms");
        Services services = new Services(folder.resolve("pipeline.yaml"), folder, environment);
        services.reserve(coordinators);
        for (int i = 0; i < coordinators; i++) {
            services.startCoordinator(i);
        }
        for (String process : stages()) {
            services.restart(process);
        }
        services.awaitPhase("RUNNING");
        return services;
    }

    /** Names of the stages' processes. */
    static List<String> stages() {
        return List.of("in-0", "in-1", "totals-0", "totals-1");
    }

    /** Writes so many further records; all are in the topic when this returns. */
    void feed(int records) throws IOException {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrap(), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < records; i++) {
                String key = "key-" + random.nextInt(KEYS);
                long n = fed++;
                long[] running = sums.computeIfAbsent(key, _ -> new long[2]);
                running[0]++;
                running[1] += n;
                expected.computeIfAbsent(key, _ -> new ArrayList<>())
                        .add("{\"k\":\"" + key + "\",\"count\":" + running[0] + ",\"sum\":" + running[1] + "}");
                producer.send(new ProducerRecord<>(
                        name + "-in", bytes(key), bytes("{\"k\": \"" + key + "\", \"n\": " + n + "}")));
            }
            producer.flush();
        }
    }

    /** What readers of committed records see is the beginning of what is expected, for each key. */
    void assertNothingWrongYet(String when) {
        committed().forEach((key, rows) -> {
            List<String> all = expected.getOrDefault(key, List.of());
            assertThat(rows).as(when).isEqualTo(all.subList(0, Math.min(rows.size(), all.size())));
        });
    }

    /** Waits until as much is committed as was fed, stops the job, and holds the one against the other. */
    void stopAndAssertExact(Services services, String when) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (rows() < fed && System.nanoTime() < end) {
            services.awaitProgress();
        }
        services.post("/api/v1/stop", "{}");
        services.awaitPhase("STOPPED");
        assertThat(committed()).as(when).isEqualTo(expected);
    }

    /** How many records are committed. */
    long rows() {
        return committed().values().stream().mapToLong(List::size).sum();
    }

    private Map<String, List<String>> committed() {
        return new TopicContent(kafka, name + "-out").committedByKey();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
