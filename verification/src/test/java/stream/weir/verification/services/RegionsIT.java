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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.testservers.KafkaServer;

/** The regions on both sides of a durable edge, each with processes and a coordinator of its own: a failure stays on its side. */
@Timeout(900)
class RegionsIT {
    private static final String TOPIC = "edge-of-services";

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
        Path pipeline = withDurableEdge();
        try (Services upper = region(pipeline, "sums");
                Services lower = region(pipeline, "sums-take")) {
            // given
            upper.startCoordinator(0);
            lower.startCoordinator(0);
            upper.startStage("numbers", "numbers");
            for (String name : List.of("take", "sums-0", "sums-1", "report")) {
                lower.startStage(name, name.replaceFirst("-\\d$", ""));
            }
            upper.awaitProgress();
            lower.awaitProgress();
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

    private Services region(Path pipeline, String name) throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("WEIR_RECOVERY_RESTART_DELAY", "50ms");
        environment.put("WEIR_PIPELINE_REGION", name);
        Services services = new Services(pipeline, Files.createDirectories(folder.resolve(name)), environment);
        services.reserve(1);
        return services;
    }

    /** The job's file, with a topic between its source and what comes after it. */
    private Path withDurableEdge() throws IOException {
        KafkaServer kafka = KafkaServer.shared();
        kafka.createTopic(TOPIC, 2, Map.of());
        Path file = folder.resolve("pipeline.yaml");
        String take = """
                    - name: take
                      inputs: [{from: numbers, durable: {kafka: {brokers: "%s", topic: %s, key: [key]}}}]
                """.formatted(kafka.bootstrap(), TOPIC);
        String text = Files.readString(file).replace("from: numbers, keyBy", "from: take, keyBy");
        return Files.writeString(file, text.replace("    - name: sums\n", take + "    - name: sums\n"));
    }
}
