package stream.weir.verification.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
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
@Timeout(3_600)
class StoppingIT {
    /** Ids: those that are under way, those that a takeover marks as aborted, and the last checkpoint. */
    private static final int MORE_THAN_A_STOP_TAKES = 8;

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

    @Test
    void when_the_input_is_to_end_where_it_is_then_the_job_completes_exactly() throws Exception {
        SumsJob job = SumsJob.write(folder, Settings.endless());
        try (Services services = job.running(1, Map.of())) {
            // when
            assertThat(services.post("/api/v1/stop", "{\"mode\": \"DRAIN\"}")).isEqualTo(202);
            // then
            services.awaitPhase("COMPLETED");
            assertThat(job.assertExactSoFar()).isPositive();
        }
    }

    /** What was answered is on record: the next leader has the next run end its input, too. */
    @Test
    void when_leader_and_stage_are_killed_while_the_job_drains_then_it_completes_all_the_same() throws Exception {
        SumsJob job = SumsJob.write(folder, Settings.endless());
        try (Services services = job.running(2, Map.of())) {
            // given
            services.process("sums-1").signal("STOP");
            assertThat(services.post("/api/v1/stop", "{\"mode\": \"DRAIN\"}")).isEqualTo(202);
            // when
            services.kill(services.leader().orElseThrow());
            services.kill("sums-1");
            services.restart("sums-1");
            // then
            services.awaitPhase("COMPLETED");
            assertThat(job.assertExactSoFar()).isPositive();
        }
    }

    /** What was answered is on record: the next leader goes back with the next run, and stops with its savepoint. */
    @Test
    void when_leader_and_stage_are_killed_while_it_stops_with_a_savepoint_then_that_is_made_all_the_same()
            throws Exception {
        SumsJob job = SumsJob.write(folder, Settings.endless());
        try (Services services = job.running(2, Map.of())) {
            // given
            services.process("sums-1").signal("STOP");
            assertThat(services.post("/api/v1/stop", "{\"mode\": \"SAVEPOINT\", \"savepoint\": \"last\"}"))
                    .isEqualTo(202);
            // when
            services.kill(services.leader().orElseThrow());
            services.kill("sums-1");
            services.restart("sums-1");
            // then
            String stopped = services.awaitPhase("STOPPED");
            assertThat(services.newestCheckpoint(stopped)).isPositive();
            assertThat(services.get("/api/v1/savepoints")).hasValue("[\"last\"]");
            assertThat(job.snapshots().resolve("wishes")).isEmptyDirectory();
            assertThat(job.assertExactSoFar()).isPositive();
        }
    }

    /** The wish is on record before the request is answered: whoever leads next stops the job, unless it is stopped already. */
    @Test
    void when_the_coordinator_is_killed_then_the_next_one_stops_it_or_starts_what_has_stopped() throws Exception {
        SumsJob job = SumsJob.write(folder, Settings.endless());
        try (Services services = job.running(1, Map.of())) {
            for (int kill = 0; kill < Extent.times(1, 20); kill++) {
                // when
                long newest = services.newestCheckpoint(services.awaitProgress());
                services.post("/api/v1/stop", "{}");
                Thread.sleep(random.nextInt(200));
                services.kill("coordinator-0");
                services.restart("coordinator-0");
                // then
                String status = superviseUntilProgress(services, newest);
                assertThat(Manifests.in(job.snapshots()).missing()).isEmpty();
                if (isStopped(status)) {
                    assertThat(Manifests.in(job.snapshots()).newest().checkpoint())
                            .isEqualTo(services.newestCheckpoint(status));
                    services.kill("coordinator-0");
                    services.restart("coordinator-0");
                    assertThat(isStopped(superviseUntilProgress(services, services.newestCheckpoint(status))))
                            .isFalse();
                }
                job.awaitExact("kill " + kill + ", seed " + Extent.seed());
            }
            job.stopAndAssertExact(services);
        }
    }

    /**
     * Processes that were told to leave have ended, or are about to: they are started again, as a supervisor would.
     *
     * @param newest checkpoint before the job was to stop
     * @return the status when there are checkpoints that only a job has that goes on, or the job has stopped
     */
    private static String superviseUntilProgress(Services services, long newest)
            throws IOException, InterruptedException {
        long goesOn = newest + MORE_THAN_A_STOP_TAKES;
        return services.await("stopped, or checkpoint " + goesOn, status -> {
            if (isStopped(status)) {
                return true;
            }
            try {
                for (String stage : SumsJob.stages().keySet()) {
                    if (!services.process(stage).isAlive()) {
                        services.restart(stage);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return services.newestCheckpoint(status) >= goesOn;
        });
    }

    private static boolean isStopped(String status) {
        return status.contains("\"phase\":\"STOPPED\"");
    }
}
