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
import stream.weir.testservers.MinioServer;
import stream.weir.verification.services.SumsJob.Settings;

/** The data of a job in the store are deleted by its coordinator, when all others have ended. */
@Timeout(600)
class DeletionIT {
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int CONFLICT = 409;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(200);

    @TempDir
    private Path folder;

    @BeforeAll
    static void theServicesAreBuilt() {
        Optional<String> why = Services.whyNotAvailable();
        assumeTrue(why.isEmpty(), why.orElse(""));
    }

    @Test
    void when_the_job_has_stopped_then_all_but_savepoints_are_deleted_from_a_folder() throws Exception {
        SumsJob job = SumsJob.write(folder, Settings.endless().withKeys(2_000));
        assertDeletesAll(job, job.snapshots());
    }

    @Test
    void when_the_job_has_stopped_then_all_but_savepoints_are_deleted_from_a_bucket() throws Exception {
        Optional<String> why = MinioServer.whyNotAvailable();
        assumeTrue(why.isEmpty(), why.orElse(""));
        try (MinioServer minio = MinioServer.start(folder.resolve("minio"))) {
            SumsJob job =
                    SumsJob.write(folder, Settings.endless().withKeys(2_000).withSnapshots(Snapshots.in(minio)));
            assertDeletesAll(job, minio.data().resolve("weir/snapshots/sums"));
        }
    }

    /** @param stored where the store keeps what it is given, object by object */
    private static void assertDeletesAll(SumsJob job, Path stored) throws Exception {
        try (Services services = job.running(2, Map.of())) {
            // given
            services.post("/api/v1/savepoints", "{\"name\": \"kept\"}");
            services.awaitGet("/api/v1/savepoints", "[\"kept\"]");
            assertThat(services.delete("/api/v1/data")).isEqualTo(CONFLICT);
            assertThat(services.status().orElseThrow()).contains("\"phase\":\"RUNNING\"");
            for (String stage : SumsJob.stages().keySet()) {
                services.kill(stage);
            }
            // when
            awaitDeleted(services);
            // then
            assertThat(objects(stored)).containsExactly("lease", "savepoints");
            assertThat(services.delete("/api/v1/data")).isEqualTo(OK);
            assertThat(services.status().orElseThrow()).contains("\"phase\":\"STOPPED\"", "its data are deleted");
            assertThat(services.get("/api/v1/savepoints")).hasValue("[\"kept\"]");
        }
    }

    private static void awaitDeleted(Services services) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        int answer = services.delete("/api/v1/data");
        while (answer != OK) {
            assertThat(answer).isIn(ACCEPTED, CONFLICT);
            assertThat(System.nanoTime()).as("time").isLessThan(end);
            Thread.sleep(LOOK);
            answer = services.delete("/api/v1/data");
        }
    }

    /** First parts of the names of what is there; files of the store's own begin with a dot. */
    private static List<String> objects(Path stored) throws IOException {
        try (Stream<Path> all = Files.walk(stored)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> stored.relativize(file).getName(0).toString())
                    .filter(name -> !name.startsWith("."))
                    .distinct()
                    .sorted()
                    .toList();
        }
    }
}
