package stream.weir.verification.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.testservers.KafkaServer;
import stream.weir.testservers.TopicContent;
import stream.weir.verification.services.SumsJob.Settings;

/** The regions on both sides of a durable edge, each with processes and a coordinator of its own: a failure stays on its side. */
@Timeout(900)
class RegionsIT {
    private static final String DRAIN = "{\"mode\": \"DRAIN\"}";

    /** The first byte of a row on a durable edge. */
    private static final byte ROW = 1;

    @TempDir
    private Path folder;

    @BeforeAll
    static void theServicesAreBuilt() {
        Optional<String> why = Services.whyNotAvailable();
        assumeTrue(why.isEmpty(), why.orElse(""));
    }

    @Test
    void when_a_process_of_one_region_is_killed_then_the_other_goes_on_and_the_output_is_exact() throws Exception {
        SumsJob job = SumsJob.write(folder, 30_000, 1_500);
        Path pipeline = withDurableEdge("edge-of-services");
        try (Services upper = region(pipeline, "sums");
                Services lower = region(pipeline, "sums-take")) {
            // given
            start(upper, lower);
            // when
            upper.kill("numbers");
            upper.restart("numbers");
            upper.await("the second run above", status -> Services.run(status) == 2);
            // then
            assertThat(lower.awaitProgress()).contains("\"run\":1,").contains("\"recoveries\":[]");
            // when
            lower.kill("sums-1");
            lower.restart("sums-1");
            lower.await("the second run below", status -> Services.run(status) == 2);
            // then
            assertThat(upper.awaitPhase("COMPLETED")).contains("\"run\":2,");
            assertThat(lower.awaitPhase("COMPLETED")).contains("\"run\":2,");
            job.assertExact();
        }
    }

    /** The order does not matter: who is below waits for who is above. */
    @Test
    void when_all_regions_are_drained_then_the_one_below_reads_all_that_the_one_above_has_written() throws Exception {
        SumsJob job = SumsJob.write(folder, Settings.endless());
        Path pipeline = withDurableEdge("edge-that-is-drained");
        try (Services upper = region(pipeline, "sums");
                Services lower = region(pipeline, "sums-take")) {
            // given
            start(upper, lower);
            // when
            assertThat(lower.post("/api/v1/stop", DRAIN)).isEqualTo(202);
            lower.awaitLog("take", Pattern.compile("it reads until numbers has ended"), 1);
            upper.awaitProgress();
            upper.awaitProgress();
            assertThat(upper.post("/api/v1/stop", DRAIN)).isEqualTo(202);
            // then
            assertThat(upper.awaitPhase("COMPLETED")).contains("\"run\":1,");
            assertThat(lower.awaitPhase("COMPLETED")).contains("\"run\":1,");
            assertThat(job.assertExactSoFar()).isEqualTo(rowsIn("edge-that-is-drained"));
        }
    }

    private static void start(Services upper, Services lower) throws IOException, InterruptedException {
        upper.startCoordinator(0);
        lower.startCoordinator(0);
        upper.startStage("numbers", "numbers");
        for (String name : List.of("take", "sums-0", "sums-1", "report")) {
            lower.startStage(name, name.replaceFirst("-\\d$", ""));
        }
        upper.awaitProgress();
        lower.awaitProgress();
    }

    /** Committed rows; what else there is are watermarks. */
    private static int rowsIn(String topic) throws IOException {
        List<ConsumerRecord<byte[], byte[]>> committed = new TopicContent(KafkaServer.shared(), topic).committed();
        return Math.toIntExact(
                committed.stream().filter(each -> each.value()[0] == ROW).count());
    }

    private Services region(Path pipeline, String name) throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("WEIR_RECOVERY_RESTART_DELAY", "50ms");
        environment.put("WEIR_PIPELINE_REGION", name);
        Services services = new Services(pipeline, Files.createDirectories(folder.resolve(name)), environment);
        services.reserve(1);
        return services;
    }

    /** The job's file, with a topic between its source and what comes after it. */
    private Path withDurableEdge(String topic) throws IOException {
        KafkaServer kafka = KafkaServer.shared();
        kafka.createTopic(topic, 2, Map.of());
        Path file = folder.resolve("pipeline.yaml");
        String take = """
                    - name: take
                      inputs: [{from: numbers, durable: {kafka: {brokers: "%s", topic: %s, key: [key]}}}]
                """.formatted(kafka.bootstrap(), topic);
        String text = Files.readString(file).replace("from: numbers, keyBy", "from: take, keyBy");
        return Files.writeString(file, text.replace("    - name: sums\n", take + "    - name: sums\n"));
    }
}
