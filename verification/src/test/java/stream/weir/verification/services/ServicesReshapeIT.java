package stream.weir.verification.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Stages get other numbers of replicas, and other revisions, while data flows; only the processes that have to are others. */
@Timeout(600)
class ServicesReshapeIT {
    private static final List<String> OTHERS = List.of("numbers", "report");

    @TempDir
    private Path folder;

    @BeforeAll
    static void theServicesAreBuilt() {
        Optional<String> why = Services.whyNotAvailable();
        assumeTrue(why.isEmpty(), why.orElse(""));
    }

    @Test
    void when_a_stage_is_scaled_up_and_down_then_the_others_keep_their_processes_and_the_output_is_exact()
            throws Exception {
        SumsJob job = SumsJob.write(folder, 60_000, 2_000);
        try (Services services = job.services(1)) {
            // given
            services.startCoordinator(0);
            SumsJob.startStages(services);
            services.await("a checkpoint", status -> status.contains("\"newest\":{"));
            Map<String, Long> before = processes(services);
            // when
            assertThat(services.put("/api/v1/replicas", "{\"sums\": 3}")).isEqualTo(202);
            // then
            String waiting = services.await("it waits", status -> status.contains("stage sums has 2 of 3 replicas"));
            assertThat(waiting).contains("\"phase\":\"RUNNING\"").contains("\"run\":1,");
            // when
            services.startStage("sums-2", "sums");
            // then
            services.await("three replicas", status -> hasReplicas(status, 3));
            assertThat(services.put("/api/v1/replicas", "{\"sums\": 3}")).isEqualTo(202);
            // when
            assertThat(services.put("/api/v1/replicas", "{\"sums\": 2}")).isEqualTo(202);
            // then
            services.await("two replicas", status -> hasReplicas(status, 2));
            assertThat(services.status().orElseThrow()).contains("\"run\":3,");
            services.awaitPhase("COMPLETED");
            job.assertExact();
            assertThat(processes(services)).isEqualTo(before);
        }
    }

    @Test
    void when_a_stage_with_much_state_is_scaled_then_its_processes_have_fetched_it_before_the_run_ends()
            throws Exception {
        SumsJob job = SumsJob.write(
                folder, SumsJob.Settings.of(60_000, 3_000).withKeys(5_000).withCheckpoint("interval: 1s"));
        try (Services services = job.services(1)) {
            // given
            services.startCoordinator(0);
            SumsJob.startStages(services);
            services.startStage("sums-2", "sums");
            services.await("a checkpoint", status -> status.contains("\"newest\":{"));
            // when
            assertThat(services.put("/api/v1/replicas", "{\"sums\": 3}")).isEqualTo(202);
            // then
            services.await("three replicas", status -> hasReplicas(status, 3));
            for (String each : List.of("sums-0", "sums-1", "sums-2")) {
                assertThat(services.log(each))
                        .containsPattern("([1-9][0-9]*) of \\1 files of state are here ahead of a run, [1-9]");
            }
            assertThat(services.log("coordinator-0"))
                    .contains("sums 2 -> 3: before the next run processes fetch")
                    .contains("2 of 3 have answered");
            // when
            services.put("/api/v1/replicas", "{\"sums\": 1}");
            // then
            services.await("one replica", status -> hasReplicas(status, 1));
            services.awaitPhase("COMPLETED");
            job.assertExact();
        }
    }

    @Test
    void when_replicas_make_no_sense_then_they_are_refused_with_a_reason() throws Exception {
        SumsJob job = SumsJob.write(folder, 1_000, 100);
        try (Services services = job.services(1)) {
            services.startCoordinator(0);
            services.awaitPhase("STARTING");

            assertThat(services.put("/api/v1/replicas", "{\"nowhere\": 3}")).isEqualTo(404);
            assertThat(services.put("/api/v1/replicas", "{\"sums\": 129}")).isEqualTo(409);
            assertThat(services.put("/api/v1/replicas", "{\"sums\": 0}")).isEqualTo(400);
            assertThat(services.put("/api/v1/replicas", "{}")).isEqualTo(400);
        }
    }

    @Test
    void when_everything_dies_after_scaling_then_it_comes_back_as_it_was_scaled() throws Exception {
        SumsJob job = SumsJob.write(folder, 25_000, 2_500);
        try (Services services = job.services(1)) {
            // given
            services.startCoordinator(0);
            SumsJob.startStages(services);
            services.startStage("sums-2", "sums");
            services.await("a checkpoint", status -> status.contains("\"newest\":{"));
            services.put("/api/v1/replicas", "{\"sums\": 3}");
            services.await("three replicas", status -> hasReplicas(status, 3));
            // when
            for (String each : List.of("coordinator-0", "sums-0", "sums-1", "sums-2", "numbers", "report")) {
                services.kill(each);
            }
            services.startCoordinator(0);
            SumsJob.startStages(services);
            services.startStage("sums-2", "sums");
            // then
            String status = services.await("three replicas", now -> hasReplicas(now, 3));
            assertThat(status).contains("\"wanted\":3");
            services.awaitPhase("COMPLETED");
            job.assertExact();
        }
    }

    @Test
    void when_a_stage_changes_then_its_new_processes_take_over_and_the_output_is_exact() throws Exception {
        SumsJob job = SumsJob.write(folder, 300_000, 2_500);
        try (Services services = job.services(1)) {
            // given
            services.startCoordinator(0);
            SumsJob.startStages(services);
            services.await("a checkpoint", status -> status.contains("\"newest\":{"));
            Map<String, Long> before = processes(services);
            // when
            services.use(job.changed());
            services.startStage("changed-0", "sums");
            // then
            services.await("a guest", status -> status.contains("\"name\":\"changed-0\""));
            // when
            services.kill("coordinator-0");
            services.startCoordinator(0);
            // then
            String waiting = services.await(
                    "the old run goes on",
                    status -> status.contains("\"phase\":\"RUNNING\"")
                            && status.contains("other replicas are wanted: stage sums has 1 of 2 replicas"));
            long newest = services.newestCheckpoint(waiting);
            assertThat(services.await("a checkpoint", status -> services.newestCheckpoint(status) > newest + 1))
                    .contains("\"run\":1,")
                    .contains("\"phase\":\"RUNNING\"");
            // when
            services.startStage("changed-1", "sums");
            // then
            for (String old : List.of("sums-0", "sums-1")) {
                assertThat(services.process(old).awaitExit(Duration.ofSeconds(60)))
                        .as(services.log(old))
                        .isZero();
            }
            services.await(
                    "the next run",
                    status -> status.contains("\"phase\":\"RUNNING\"") && !status.contains("\"run\":1,"));
            services.awaitPhase("COMPLETED");
            job.assertExact();
            assertThat(processes(services)).isEqualTo(before);
        }
    }

    private static Map<String, Long> processes(Services services) {
        return OTHERS.stream().collect(Collectors.toMap(name -> name, name -> services.process(name)
                .pid()));
    }

    /** All of them at work. */
    private static boolean hasReplicas(String status, int count) {
        return status.contains("\"phase\":\"RUNNING\"")
                && status.contains("\"name\":\"sums\",\"wanted\":" + count)
                && status.contains("\"index\":" + (count - 1) + ",\"instance\":\"sums-")
                && !status.contains("\"index\":" + count + ",");
    }
}
