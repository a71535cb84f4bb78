package stream.weir.verification.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A pipeline of real processes over TCP. Each key's committed rows are a running count and sum of known numbers, so a row that is
 * lost, doubled or out of order shows.
 */
@Timeout(600)
class ServicesIT {
    private static final Pattern LOGGED =
            Pattern.compile("\\{\"timestamp\":\".+\"level\":\"[A-Z]+\",\"message\":\".*}");

    /** What the runtime itself says, before there is a log. */
    private static final Pattern FROM_JAVA = Pattern.compile("^(WARNING:|OpenJDK|\\s*$)");

    @TempDir
    private Path folder;

    private SumsJob job;

    @BeforeEach
    void write() throws IOException {
        job = SumsJob.write(folder, 25_000, 2_500);
    }

    @BeforeAll
    static void theServicesAreBuilt() {
        Optional<String> why = Services.whyNotAvailable();
        assumeTrue(why.isEmpty(), why.orElse(""));
    }

    @Test
    void when_all_processes_live_then_the_job_completes_and_its_output_is_exact() throws Exception {
        try (Services services = job.services(1)) {
            // given
            services.startCoordinator(0);
            SumsJob.startStages(services);
            // when
            services.awaitPhase("COMPLETED");
            // then
            job.assertExact();
            for (String stage : List.of("numbers", "sums-0", "sums-1", "report")) {
                assertThat(services.process(stage).awaitExit(Duration.ofSeconds(30)))
                        .as(services.log(stage))
                        .isZero();
            }
        }
    }

    @Test
    void when_logs_are_wanted_as_json_then_each_line_is_an_object() throws Exception {
        try (Services services = job.services(1, Map.of("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true"))) {
            // when
            services.startCoordinator(0);
            SumsJob.startStages(services);
            services.awaitPhase("COMPLETED");
            // then
            for (String process : List.of("coordinator-0", "numbers", "sums-0")) {
                assertThat(services.log(process)
                                .lines()
                                .filter(line -> !FROM_JAVA.matcher(line).find()))
                        .as(process)
                        .isNotEmpty()
                        .allMatch(LOGGED.asMatchPredicate());
            }
            assertThat(services.log("coordinator-0")).contains("Running -> Finishing: ");
        }
    }

    @Test
    void when_a_stage_is_killed_then_only_it_is_started_again_and_the_output_is_exact() throws Exception {
        try (Services services = job.services(1)) {
            // given
            services.startCoordinator(0);
            SumsJob.startStages(services);
            services.await("a checkpoint", status -> status.contains("\"newest\":{"));
            // when
            services.kill("sums-1");
            services.startStage("sums-1", "sums");
            // then
            services.awaitPhase("COMPLETED");
            assertThat(services.status().orElseThrow())
                    .contains("\"run\":2")
                    .containsPattern("replica sums-[01] was lost");
            job.assertExact();
        }
    }

    @Test
    void when_the_coordinator_is_killed_then_another_takes_over_and_no_replica_restarts() throws Exception {
        try (Services services = job.services(2)) {
            // given
            services.startCoordinator(0);
            services.awaitPhase("STARTING");
            services.startCoordinator(1);
            SumsJob.startStages(services);
            long before = Services.term(services.await("a checkpoint", now -> now.contains("\"newest\":{")));
            // when
            services.kill(services.leader().orElseThrow());
            // then
            String status = services.await("the other leads", now -> Services.term(now) > before);
            assertThat(status).contains("\"run\":1");
            services.awaitPhase("COMPLETED");
            assertThat(services.status().orElseThrow()).contains("\"run\":1").contains("\"recoveries\":[]");
            job.assertExact();
        }
    }

    @Test
    void when_told_to_go_back_to_a_checkpoint_then_all_processes_do() throws Exception {
        try (Services services = job.running(1, Map.of())) {
            // given
            String before = services.awaitProgress();
            // when
            services.post(
                    "/api/v1/restart",
                    "{\"checkpoint\": " + services.newestCheckpoint(before) + ", \"acceptDuplicates\": true}");
            // then
            services.await(
                    "the next run",
                    status -> status.contains("\"phase\":\"RUNNING\"") && Services.run(status) > Services.run(before));
            services.awaitProgress();
            for (String stage : SumsJob.stages().keySet()) {
                assertThat(services.process(stage).isAlive()).as(stage).isTrue();
            }
        }
    }
}
