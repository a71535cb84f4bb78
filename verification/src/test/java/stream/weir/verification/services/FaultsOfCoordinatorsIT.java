package stream.weir.verification.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.verification.services.SumsJob.Settings;

/** A coordinator sleeps, or dies in the middle of something. */
@Timeout(3_600)
class FaultsOfCoordinatorsIT {
    @TempDir
    private Path folder;

    @BeforeAll
    static void theServicesAreBuilt() {
        Optional<String> why = Services.whyNotAvailable();
        assumeTrue(why.isEmpty(), why.orElse(""));
    }

    /** F7. */
    @Test
    void when_the_leader_sleeps_and_wakes_up_then_there_is_one_chain_of_manifests() throws Exception {
        SumsJob job = SumsJob.write(folder, Settings.endless().withCheckpoint("interval: 300ms, retained: 100000"));
        try (Services services = job.running(2, Map.of())) {
            for (int sleep = 0; sleep < Extent.times(1, 10); sleep++) {
                // when
                long before = Services.term(services.await("somebody leads", _ -> true));
                String leader = services.leader().orElseThrow();
                services.process(leader).signal("STOP");
                long after = Services.term(services.await("the other leads", status -> Services.term(status) > before));
                services.awaitProgress();
                Thread.sleep(Extent.lasting(Duration.ZERO, Duration.ofSeconds(10)));
                services.process(leader).signal("CONT");
                // then
                services.awaitLog(leader, Pattern.compile("leads sums no more: |FENCED: "), 1);
                assertThat(services.awaitProgress())
                        .contains("\"term\":" + after + ",")
                        .contains("\"run\":1,")
                        .contains("\"recoveries\":[]");
            }
            job.stopAndAssertExact(services);
        }
        List<Manifest> all = Manifests.in(job.snapshots()).all();
        assertThat(all.stream().map(Manifest::run)).containsOnly(1L);
        assertThat(all.stream().map(Manifest::term)).isSorted();
        assertThat(all.stream().map(Manifest::term).distinct()).hasSizeGreaterThan(1);
        assertThat(all.stream().map(Manifest::checkpoint))
                .doesNotHaveDuplicates()
                .isSorted();
    }

    /** With the lease that it has by default; the short form runs beside other things. */
    @Test
    void when_the_leader_dies_then_the_next_checkpoint_is_there_in_time_and_nothing_restarts() throws Exception {
        Duration limit = Extent.lasting(Duration.ofSeconds(60), Duration.ofSeconds(10));
        SumsJob job = SumsJob.write(folder, Settings.endless().withCheckpoint("interval: 300ms"));
        try (Services services = job.running(2, Map.of())) {
            services.awaitProgress();
            // when
            services.kill(services.leader().orElseThrow());
            long killed = System.nanoTime();
            long newest = Manifests.in(job.snapshots()).all().getLast().checkpoint();
            String status = services.await("a later one", now -> services.newestCheckpoint(now) > newest);
            // then
            assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(limit);
            assertThat(status).contains("\"run\":1,").contains("\"recoveries\":[]");
            job.stopAndAssertExact(services);
        }
    }

    /** F15. */
    @Test
    void when_a_coordinator_dies_while_it_deletes_then_every_checkpoint_that_is_kept_restores() throws Exception {
        Random random = new Random(Extent.seed());
        SumsJob job = SumsJob.write(
                folder, Settings.endless().withKeys(5_000).withCheckpoint("interval: 200ms, retained: 3"));
        try (Services services = job.running(1, Map.of())) {
            // when
            for (int kill = 0; kill < Extent.times(3, 30); kill++) {
                services.awaitProgress();
                services.awaitProgress();
                Manifests.makeOld(job.snapshots());
                Thread.sleep(random.nextInt(400));
                services.kill("coordinator-0");
                // then
                assertThat(Manifests.in(job.snapshots()).missing())
                        .as("kill %d, seed %d", kill, Extent.seed())
                        .isEmpty();
                services.restart("coordinator-0");
                services.awaitProgress();
            }
            services.post("/api/v1/stop", "{}");
            services.awaitPhase("STOPPED");
            job.assertExactSoFar();
        }
        List<Manifest> kept = Manifests.in(job.snapshots()).all();
        assertThat(kept).hasSizeGreaterThanOrEqualTo(3);
        // None of them goes while the others are tried.
        SumsJob keepingAll = SumsJob.write(
                folder, Settings.endless().withKeys(5_000).withCheckpoint("interval: 200ms, retained: 100000"));
        try (Services services = keepingAll.running(1, Map.of())) {
            for (Manifest each : kept) {
                assertRestores(services, each.checkpoint());
            }
        }
    }

    /** Rows come twice, which is what the request accepts; that all replicas run from there is the point. */
    private static void assertRestores(Services services, long checkpoint) throws Exception {
        String before = services.awaitPhase("RUNNING");
        services.post("/api/v1/restart", "{\"checkpoint\": " + checkpoint + ", \"acceptDuplicates\": true}");
        services.await(
                "a run from checkpoint " + checkpoint,
                status -> status.contains("\"phase\":\"RUNNING\"") && Services.run(status) > Services.run(before));
        services.awaitProgress();
        assertThat(services.log("coordinator-0"))
                .containsPattern("begins run \\d+ of term \\d+ from checkpoint " + checkpoint + "\\R");
    }
}
