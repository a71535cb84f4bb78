package stream.weir.verification.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.testservers.HttpFault;
import stream.weir.testservers.HttpFaultProxy;
import stream.weir.testservers.MinioServer;
import stream.weir.verification.services.SumsJob.Settings;

/** The snapshot store is away, busy, or has lost bits. */
@Timeout(1_800)
class FaultsOfStoresIT {
    private static final Duration OUTAGE = Extent.lasting(Duration.ofSeconds(8), Duration.ofMinutes(5));

    /** So that one coordinator leads all the while, and can be asked. */
    private static final Map<String, String> LONG_LEASE = Map.of("WEIR_ELECTION_LEASE_DURATION", "10m");

    /** Of one checkpoint: the next one begins with its id. */
    private static final String FAILED_BY_CODE = "\"status\":\"FAILED\"(?:(?!\"id\":).)*SlowDown";

    @TempDir
    private Path folder;

    @BeforeAll
    static void theServicesAreBuilt() {
        Optional<String> why = Services.whyNotAvailable();
        assumeTrue(why.isEmpty(), why.orElse(""));
    }

    /** F10. */
    @Test
    void when_the_store_says_503_for_a_while_then_checkpoints_fail_with_its_code_and_nothing_restarts()
            throws Exception {
        assumeMinio();
        try (MinioServer minio = MinioServer.start(folder.resolve("minio"));
                HttpFaultProxy proxy = HttpFaultProxy.before(minio.endpoint())) {
            // given
            SumsJob job =
                    SumsJob.write(folder, Settings.endless().withSnapshots(Snapshots.in(minio, proxy.endpoint())));
            try (Services services = job.running(1, LONG_LEASE)) {
                // when
                proxy.plan(_ -> true, new HttpFault.Answer(503, "SlowDown"), Integer.MAX_VALUE);
                String status = services.await("the code", now -> now.contains("SlowDown"));
                Thread.sleep(OUTAGE);
                assertStillRuns(services);
                proxy.heal();
                // then
                assertThat(status).containsPattern(FAILED_BY_CODE);
                services.awaitProgress();
                assertStillRuns(services);
                job.stopAndAssertExact(services);
            }
        }
    }

    /** F10, with nobody there at all; leases expire. */
    @Test
    void when_the_store_is_away_for_longer_than_a_lease_then_data_flows_on_and_nothing_restarts() throws Exception {
        assumeMinio();
        try (MinioServer minio = MinioServer.start(folder.resolve("minio"))) {
            // given
            SumsJob job = SumsJob.write(folder, Settings.endless().withSnapshots(Snapshots.in(minio)));
            try (Services services = job.running(2, Map.of())) {
                // when
                minio.kill();
                Thread.sleep(OUTAGE);
                minio.restart();
                // then
                services.awaitProgress();
                assertStillRuns(services);
                job.stopAndAssertExact(services);
            }
        }
    }

    /** F12, where the store is there and cannot tell what it has. */
    @Test
    void when_the_store_has_lost_its_quorum_then_checkpoints_fail_with_its_code_and_go_on_when_that_is_back()
            throws Exception {
        assumeMinio();
        try (MinioServer minio = MinioServer.startWithDrives(folder.resolve("minio"))) {
            // given
            SumsJob job = SumsJob.write(folder, Settings.endless().withSnapshots(Snapshots.in(minio)));
            try (Services services = job.running(1, LONG_LEASE)) {
                // when
                minio.loseDrives(3);
                String status = services.await("the code", now -> now.contains("SlowDown"));
                long newest = services.newestCheckpoint(status);
                Thread.sleep(OUTAGE);
                // then
                assertStillRuns(services);
                assertThat(services.newestCheckpoint(services.status().orElseThrow()))
                        .isEqualTo(newest);
                // when
                minio.returnDrives();
                // then
                assertThat(status).containsPattern(FAILED_BY_CODE);
                services.awaitProgress();
                assertStillRuns(services);
                job.stopAndAssertExact(services);
            }
        }
    }

    /** F14, of a file that no process has a copy of. */
    @Test
    void when_a_file_of_the_store_is_damaged_then_the_error_names_it_and_nothing_is_restored_from_it()
            throws Exception {
        SumsJob job = SumsJob.write(folder, Settings.endless().withKeys(20_000));
        try (Services services = job.running(1, Map.of())) {
            services.awaitProgress();
            services.post("/api/v1/stop", "{}");
            services.awaitPhase("STOPPED");
        }
        int rows = job.assertExactSoFar();
        // when
        List<Path> named = Manifests.in(job.snapshots()).files();
        assertThat(named).isNotEmpty();
        for (Path each : named) {
            Damage.flip(each);
        }
        try (Services services = job.services(1)) {
            forgetCopies(services);
            services.startCoordinator(0);
            SumsJob.startStages(services);
            // then
            String status = services.await("the cause", now -> now.contains("the manifest says"));
            assertThat(status)
                    .containsPattern(
                            "Cannot restore from [^\"]*files/[^\"]*: CRC32C is [0-9a-f]{8}, the manifest says");
            assertThat(named.stream().map(file -> file.getFileName().toString()))
                    .anyMatch(status::contains);
            // when
            for (Path each : named) {
                Damage.flip(each);
            }
            // then
            services.awaitProgress();
            job.stopAndAssertExact(services);
        }
        assertThat(job.assertExactSoFar()).isGreaterThanOrEqualTo(rows);
    }

    private static void assertStillRuns(Services services) {
        assertThat(services.status().orElse("nobody leads"))
                .contains("\"run\":1,")
                .contains("\"recoveries\":[]");
    }

    private static void forgetCopies(Services services) throws IOException {
        for (String name : List.of("sums-0", "sums-1")) {
            try (Stream<Path> all = Files.walk(services.state(name))) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void assumeMinio() {
        Optional<String> why = MinioServer.whyNotAvailable();
        assumeTrue(why.isEmpty(), why.orElse(""));
    }
}
