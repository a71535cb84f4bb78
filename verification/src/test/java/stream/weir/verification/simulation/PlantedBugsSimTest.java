package stream.weir.verification.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulation is worth what it catches: five well-known bugs, each planted alone, each to be found soon. */
class PlantedBugsSimTest {
    private static final Set<Fault> DEATHS = Set.of(Fault.REPLICA_KILLED, Fault.ALL_KILLED, Fault.COORDINATOR_KILLED);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void when_a_record_is_processed_between_capture_and_barrier_then_it_is_caught() {
        assertThat(firstViolation(PlantedBugs.recordOvertakesBarrier(), DEATHS, 30))
                .containsAnyOf("a wrong row is committed", "a row is committed twice", "rows are missing at the end");
    }

    @Test
    void when_a_replica_acknowledges_before_its_upload_is_durable_then_it_is_caught() {
        assertThat(firstViolation(PlantedBugs.acknowledgedBeforeDurable(), DEATHS, 50))
                .contains("names an object that is not there");
    }

    @Test
    void when_sinks_commit_before_the_manifest_then_it_is_caught() {
        assertThat(firstViolation(PlantedBugs.committedBeforeManifest(), DEATHS, 10))
                .contains("committed before its manifest");
    }

    @Test
    void when_event_time_is_not_restored_then_it_is_caught() {
        assertThat(firstViolation(PlantedBugs.watermarkNotRestored(), DEATHS, 200))
                .contains("kind=2");
    }

    @Test
    void when_the_newest_checkpoint_of_an_abandoned_branch_is_taken_then_it_is_caught() {
        assertThat(firstViolation(PlantedBugs.newestOfAnyBranch(), Set.of(Fault.WENT_BACK, Fault.ALL_KILLED), 50))
                .containsAnyOf("the rows of a covered transaction are gone", "rows are missing at the end");
    }

    /** What is violated first, in at most so many seeds. */
    private String firstViolation(Plant bug, Set<Fault> faults, int seeds) {
        Seeds worlds = Seeds.in(folder);
        for (int seed = 1; seed <= seeds; seed++) {
            Optional<String> failure = worlds.run(seed, faults, bug).failure();
            if (failure.isPresent()) {
                System.out.println(
                        "caught by seed " + failure.get().lines().findFirst().orElseThrow());
                return failure.get().lines().findFirst().orElseThrow();
            }
        }
        throw new AssertionError("not caught in " + seeds + " seeds");
    }
}
