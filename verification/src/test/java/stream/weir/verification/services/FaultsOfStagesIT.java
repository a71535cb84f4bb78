package stream.weir.verification.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.verification.services.SumsJob.Settings;

/**
 * A stage's process dies, sleeps, or has no disk left: what the status says of it, and that the output is exact all the same. One
 * job goes through all of it, as jobs do.
 */
@Timeout(3_600)
class FaultsOfStagesIT {
    private static final int INTERVAL_MILLIS = 300;
    private static final Pattern FULL = Pattern.compile("\"(detail|cause)\":\"[^\"]*File too large[^\"]*\"");

    @TempDir
    private static Path folder;

    private static SumsJob job;
    private static Services services;

    @BeforeAll
    static void start() throws Exception {
        Optional<String> why = Services.whyNotAvailable();
        assumeTrue(why.isEmpty(), why.orElse(""));
        job = SumsJob.write(
                folder, new Settings(Settings.ENDLESS, 1_000, 5_000, "interval: 300ms", Snapshots.folder()));
        services = job.running(1, Map.of());
    }

    @AfterAll
    static void stop() throws Exception {
        if (services != null) {
            try (Services ended = services) {
                job.stopAndAssertExact(ended);
            }
        }
    }

    /** F1, at the one moment that can be chosen from outside: it sleeps through the barrier, and dies. */
    @Test
    void when_a_stage_is_killed_between_barrier_and_ack_then_the_checkpoint_is_aborted_with_the_reason()
            throws Exception {
        // given
        long run = Services.run(services.awaitPhase("RUNNING"));
        services.process("sums-1").signal("STOP");
        services.await("a checkpoint under way", status -> status.contains("\"status\":\"IN_PROGRESS\""));
        // when
        services.kill("sums-1");
        services.restart("sums-1");
        // then
        assertThat(services.await("the next run", status -> Services.run(status) > run))
                .containsPattern("\"status\":\"FAILED\"[^{}]*(\\{[^}]*})?[^{}]*\"failure\":\"REPLICA_LOST\","
                        + "\"detail\":\"replica sums-[01] was lost: ");
        services.awaitProgress();
        job.awaitExact("after a kill between barrier and ack");
    }

    /** F1, at any other moment. */
    @Test
    void when_stages_are_killed_around_checkpoints_then_the_output_is_exact() throws Exception {
        Random random = new Random(Extent.seed());
        for (int kill = 0; kill < Extent.times(2, 30); kill++) {
            // when
            services.awaitProgress();
            services.post("/api/v1/checkpoints", "{}");
            Thread.sleep(random.nextInt(INTERVAL_MILLIS / 3));
            String victim = "sums-" + random.nextInt(2);
            services.kill(victim);
            services.restart(victim);
            // then
            services.awaitProgress();
            job.awaitExact("kill " + kill + " of " + victim + ", seed " + Extent.seed());
        }
    }

    /** F5. */
    @Test
    void when_a_stage_sleeps_and_a_spare_takes_over_then_it_is_fenced_when_it_wakes_up() throws Exception {
        // given
        services.startStage("sums-2", "sums");
        services.await("a spare", FaultsOfStagesIT::hasSpare);
        services.awaitPhase("RUNNING");
        services.awaitProgress();
        long run = Services.run(services.status().orElseThrow());
        // when
        services.process("sums-1").signal("STOP");
        String status = services.await("the next run", now -> Services.run(now) > run);
        services.awaitProgress();
        Thread.sleep(Extent.lasting(Duration.ZERO, Duration.ofSeconds(60)));
        services.process("sums-1").signal("CONT");
        // then
        assertThat(status).containsPattern("replica sums-[01] was lost: ");
        services.awaitLog("sums-1", Pattern.compile("FENCED|is released from run " + run), 1);
        services.await("it waits as a spare", FaultsOfStagesIT::hasSpare);
        services.awaitProgress();
        assertThat(Services.run(services.status().orElseThrow())).isEqualTo(run + 1);
        job.awaitExact("after one slept");
        services.kill("sums-2");
    }

    /** F13: no file of the process can grow any more; then there is room again. */
    @Test
    void when_the_disk_of_a_stage_is_full_then_path_and_cause_are_told_and_it_goes_on_when_there_is_room()
            throws Exception {
        // given
        services.awaitPhase("RUNNING");
        services.awaitProgress();
        // when
        services.limitFiles("sums-0", 1_024);
        String path = services.state("sums-0").toString();
        // A table that was written just before may be too large for the store's folder, which is on the same disk.
        String status = services.await(
                "path and cause", now -> FULL.matcher(now).results().anyMatch(cause -> cause.group()
                        .contains(path)));
        // then
        assertThat(status).doesNotContain("\"phase\":\"FAILED\"");
        // when
        services.unlimitFiles("sums-0");
        // then
        services.awaitPhase("RUNNING");
        services.awaitProgress();
        services.awaitProgress();
        assertThat(services.process("sums-0").isAlive()).isTrue();
        job.awaitExact("after the disk was full");
    }

    /** F14, of copies on the stages' own disks. */
    @Test
    void when_local_copies_are_damaged_then_they_are_fetched_again() throws Exception {
        // given
        services.awaitPhase("RUNNING");
        services.awaitProgress();
        long run = Services.run(services.status().orElseThrow());
        services.process("report").signal("STOP");
        services.await("a checkpoint under way", status -> status.contains("\"status\":\"IN_PROGRESS\""));
        // when
        int damaged = Damage.flipIn(services.state("sums-0").resolve("files"))
                + Damage.flipIn(services.state("sums-1").resolve("files"));
        services.kill("report");
        services.restart("report");
        // then
        assertThat(damaged).isPositive();
        services.await("the next run", status -> Services.run(status) > run);
        services.awaitProgress();
        assertThat(services.log("sums-0") + services.log("sums-1"))
                .contains("a local copy cannot be used, and is fetched again")
                .containsPattern("the local copy .*CRC32C is [0-9a-f]{8}, the manifest says");
        job.awaitExact("after copies were damaged");
    }

    /** A process that is connected and has no replica. */
    private static boolean hasSpare(String status) {
        return status.contains("\"connected\":true,\"replica\":null");
    }
}
