package stream.weir.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.testservers.KafkaServer;
import stream.weir.testservers.TopicContent;

/**
 * From topic to topic while the process is killed again and again, and the broker once. The output of each key is a running count
 * and sum, so a record that is lost, doubled or out of order shows.
 */
class KafkaKillLoopIT {
    private static final int KILLS = Integer.getInteger("weir.kafka.kills", 4);
    private static final int KEYS = 20;
    private static final int RECORDS = 12_000 + 4_000 * KILLS;
    private static final int LONGEST_LIFE_MILLIS = 1_500;
    private static final Pattern RESTORED = Pattern.compile("goes on from checkpoint");

    @TempDir
    private Path folder;

    @Test
    void when_processes_are_killed_at_random_then_committed_output_is_exact() throws Exception {
        // given
        long seed = Long.getLong("weir.kill.seed", 20_131_231L);
        Random random = new Random(seed);
        try (KafkaServer kafka = KafkaServer.start(folder.resolve("kafka"))) {
            kafka.createTopic("in", 3);
            kafka.createTopic("out", 3);
            Map<String, List<String>> expected = fill(kafka, random);
            Path pipeline = pipeline(kafka);
            Path log = folder.resolve("log");

            // when
            for (int kill = 0; kill < KILLS; kill++) {
                WeirProcess process = start(log, pipeline);
                long before = checkpoints();
                process.await(() -> checkpoints() > before + 1);
                if (kill == KILLS / 2) {
                    kafka.kill();
                    kafka.restart();
                }
                boolean ended = process.endsWithin(Duration.ofMillis(random.nextInt(LONGEST_LIFE_MILLIS)));
                process.kill();
                assertThat(ended)
                        .as("ended by itself at kill %d (seed %d): %s", kill, seed, process.output())
                        .isFalse();
            }
            WeirProcess last = start(log, pipeline);
            assertThat(last.exitCode()).as(() -> last.output()).isZero();

            // then
            assertThat(output(kafka)).as("seed " + seed + "\n" + last.output()).isEqualTo(expected);
            assertThat(RESTORED.matcher(last.output()).results()).hasSizeGreaterThanOrEqualTo(KILLS);
        }
    }

    /** Complete ones, and those that were aborted: the second of a life comes behind the first complete one. */
    private long checkpoints() {
        try (Stream<Path> entries = Files.list(folder.resolve("checkpoints/kafka-kill-loop/checkpoints"))) {
            return entries.map(entry -> entry.getFileName().toString())
                    .max(Comparator.naturalOrder())
                    .map(name -> Long.parseLong(name.substring(0, name.indexOf('.'))))
                    .orElse(0L);
        } catch (IOException e) {
            return 0; // nothing is stored yet
        }
    }

    private WeirProcess start(Path log, Path pipeline) throws IOException {
        return WeirProcess.start(
                log, "run", "--work-dir", folder.resolve("work").toString(), pipeline.toString());
    }

    /** @return what has to come out for each key, in order */
    private static Map<String, List<String>> fill(KafkaServer kafka, Random random) throws Exception {
        Map<String, List<String>> expected = new TreeMap<>();
        Map<String, long[]> running = new HashMap<>();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrap(), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < RECORDS; i++) {
                String key = "key-" + random.nextInt(KEYS);
                long[] sums = running.computeIfAbsent(key, unknown -> new long[2]);
                sums[0]++;
                sums[1] += i;
                expected.computeIfAbsent(key, unknown -> new ArrayList<>())
                        .add("{\"k\":\"" + key + "\",\"count\":" + sums[0] + ",\"sum\":" + sums[1] + "}");
                String value = "{\"k\": \"" + key + "\", \"n\": " + i + "}";
                producer.send(new ProducerRecord<>("in", bytes(key), bytes(value)));
            }
            producer.flush();
        }
        return expected;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, List<String>> output(KafkaServer kafka) {
        return new TopicContent(kafka, "out").committedByKey();
    }

    private Path pipeline(KafkaServer kafka) throws IOException {
        Path file = folder.resolve("pipeline.yaml");
        Files.writeString(file, """
                apiVersion: weir.stream/v1alpha1
                kind: StreamPipeline
                metadata: {name: kafka-kill-loop}
                spec:
                  checkpoint:
                    interval: 300ms
                    tolerableFailures: -1
                    snapshots: {uri: "file:checkpoints"}
                  state: {backend: RocksDB, incremental: true}
                  stages:
                    - name: in
                      replicas: 2
                      source:
                        kafka:
                          brokers: "%1$s"
                          topic: in
                          stopAt: latest
                          schema: {k: string, n: int}
                        rate: 3000
                    - name: totals
                      replicas: 2
                      inputs: [{from: in, keyBy: [k]}]
                      steps:
                        - aggregate:
                            fields:
                              count: {count: "*"}
                              sum: {sum: n}
                      sink:
                        kafka: {brokers: "%1$s", topic: out, key: [k]}
                """.formatted(kafka.bootstrap()));
        return file;
    }
}
