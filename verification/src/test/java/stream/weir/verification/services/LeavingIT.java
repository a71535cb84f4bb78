package stream.weir.verification.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.verification.services.SumsJob.Settings;

/** How a process comes and goes in peace: it says why it is not ready, and hands over before it ends. */
@Timeout(600)
final class LeavingIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** Nobody takes a slow machine for a lost process. */
    private static final Map<String, String> PATIENT = Map.of(
            "WEIR_STAGE_GRACE", "150s",
            "WEIR_NETWORK_PEER_TIMEOUT", "60s",
            "WEIR_ELECTION_LEASE_DURATION", "60s");

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private SumsJob job;

    @BeforeAll
    static void theServicesAreBuilt() {
        Optional<String> why = Services.whyNotAvailable();
        assumeTrue(why.isEmpty(), why.orElse(""));
    }

    @BeforeEach
    void write() throws IOException {
        job = SumsJob.write(folder, Settings.endless());
    }

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void when_a_stage_is_told_to_end_then_it_hands_over_to_a_spare_and_the_output_stays_exact() throws Exception {
        try (Services services = job.running(1, PATIENT)) {
            // given
            services.startStage("sums-2", "sums");
            awaitAnswer(services.address("sums-2") + "/q/health/ready", "\"connected\"");
            String before = services.awaitProgress();
            // when
            services.process("sums-1").signal("TERM");
            // then
            services.process("sums-1").awaitExit(PATIENCE);
            assertThat(services.log("sums-1"))
                    .containsPattern("told to leave: REPLACED")
                    .doesNotContain("RejectedExecutionException", "has not let go", "has not ended within");
            services.awaitLog("sums-2", Pattern.compile("is sums-[01] in run \\d+"), 1);
            services.await("the next run", status -> Services.run(status) > Services.run(before));
            services.awaitPhase("RUNNING");
            services.awaitProgress();
            job.awaitExact("after the hand-over");
        }
    }

    @Test
    void when_nobody_coordinates_then_a_stage_lives_and_says_why_it_is_not_ready() throws Exception {
        try (Services services = job.services(1)) {
            // given
            services.startStage("numbers", "numbers");
            String stage = services.address("numbers") + "/q/health/";
            // then
            awaitAnswer(stage + "ready", "no coordinator is connected, and there is no replica to run");
            awaitAnswer(stage + "live", "\"process\"");
            assertThat(answer(stage + "live")).doesNotContain("DOWN");
            // when
            services.startCoordinator(0);
            // then
            awaitAnswer(stage + "ready", "\"connected\"");
            awaitAnswer(services.address("coordinator-0") + "/q/health/ready", "\"leads\"");
            assertThat(answer(stage + "ready")).doesNotContain("DOWN");
        }
    }

    private void awaitAnswer(String address, String expected) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String last = answer(address);
        while (!last.contains(expected)) {
            assertThat(System.nanoTime())
                    .as("%s has not said %s within %s: %s", address, expected, PATIENCE, last)
                    .isLessThan(end);
            Thread.sleep(LOOK_EVERY);
            last = answer(address);
        }
    }

    private String answer(String address) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
                .body();
    }
}
