package stream.weir.verification.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.verification.services.SumsJob.Settings;

/** F17: a job that is to stop is hit meanwhile. It is never stopped without the manifest that it names. */
@Timeout(1_800)
class StoppingIT {
    @TempDir
    private Path folder;

    private final Random random = new Random(Extent.seed());

    @BeforeAll
    static void theServicesAreBuilt() {
        Optional<String> why = Services.whyNotAvailable();
        assumeTrue(why.isEmpty(), why.orElse(""));
    }

    @Test
    void when_a_checkpoint_is_under_way_then_stopped_after_another_one() throws Exception {
        SumsJob job = SumsJob.write(folder, Settings.endless());
        try (Services services = job.running(1, Map.of())) {
            // given
            services.process("sums-1").signal("STOP");
            String status = services.await("a checkpoint under way", now -> now.contains("\"status\":\"IN_PROGRESS\""));
            // when
            services.post("/api/v1/stop", "{}");
            services.process("sums-1").signal("CONT");
            // then
            String stopped = services.awaitPhase("STOPPED");
            assertThat(services.newestCheckpoint(stopped)).isGreaterThan(services.newestCheckpoint(status) + 1);
            assertThat(Manifests.in(job.snapshots()).newest().checkpoint())
                    .isEqualTo(services.newestCheckpoint(stopped));
            assertThat(job.assertExactSoFar()).isPositive();
        }
    }

    @Test
    void when_a_stage_is_killed_then_the_next_start_goes_on_from_the_manifest_that_is_there() throws Exception {
        SumsJob job = SumsJob.write(folder, Settings.endless());
        for (int kill = 0; kill < Extent.times(1, 20); kill++) {
            try (Services services = job.running(1, Map.of())) {
                // when
                services.post("/api/v1/stop", "{}");
                Thread.sleep(random.nextInt(150));
                services.kill(List.of("numbers", "sums-0", "report").get(random.nextInt(3)));
                // then
                String stopped = services.awaitPhase("STOPPED");
                assertThat(services.newestCheckpoint(stopped)).isPositive();
                assertThat(Manifests.in(job.snapshots()).newest().checkpoint())
                        .as("kill %d, seed %d: %s", kill, Extent.seed(), stopped)
                        .isEqualTo(services.newestCheckpoint(stopped));
            }
        }
        try (Services services = job.running(1, Map.of())) {
            job.stopAndAssertExact(services);
        }
    }
}
