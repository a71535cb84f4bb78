package stream.weir.coordinator.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import stream.weir.coordinator.membership.ProcessWorld.Bug;
import stream.weir.coordinator.membership.ProcessWorld.Disasters;

/** Coordinators and processes that die, sleep and lose each other, from a seed. */
class TakeoverRandomTest {
    private static final Logger LOGS = Logger.getLogger("stream.weir");
    private static final int SEEDS = Integer.getInteger("weir.takeover.seeds", 60);

    @BeforeAll
    static void quiet() {
        LOGS.setLevel(Level.OFF);
    }

    @Test
    void when_coordinators_die_or_sleep_then_no_replica_restarts_and_checkpoints_go_on() {
        ProcessWorld.Sometimes sometimes = new ProcessWorld.Sometimes();
        for (long seed = 0; seed < SEEDS; seed++) {
            ProcessWorld world = live(seed, Disasters.OF_COORDINATORS, Bug.NONE);
            assertThat(world.sometimes().restarts).as("restarts, seed %s", seed).isZero();
            sometimes.add(world.sometimes());
        }
        assertThat(sometimes.takeovers).as("%s", sometimes).isGreaterThan(SEEDS);
        assertThat(sometimes.takeoversWithPending).as("%s", sometimes).isPositive();
        assertThat(sometimes.savepoints).as("%s", sometimes).isPositive();
        assertThat(sometimes.savepointsOfLaterLeaders).as("%s", sometimes).isPositive();
    }

    @Test
    void when_old_leaders_wake_up_and_go_on_then_they_store_no_manifest_and_open_no_run() {
        ProcessWorld.Sometimes sometimes = new ProcessWorld.Sometimes();
        for (long seed = 0; seed < SEEDS; seed++) {
            sometimes.add(live(seed, Disasters.OF_COORDINATORS_WITHOUT_LEASE, Bug.NONE)
                    .sometimes());
        }
        assertThat(sometimes.takeoversWithPending).as("%s", sometimes).isPositive();
        assertThat(sometimes.zombieManifestsRefused).as("%s", sometimes).isPositive();
        assertThat(sometimes.zombieRunsRefused).as("%s", sometimes).isPositive();
    }

    @Test
    void when_anything_dies_then_there_is_one_chain_of_manifests_and_the_job_completes() {
        ProcessWorld.Sometimes sometimes = new ProcessWorld.Sometimes();
        for (long seed = 0; seed < SEEDS; seed++) {
            sometimes.add(live(seed, Disasters.OF_ALL, Bug.NONE).sometimes());
        }
        assertThat(sometimes.restarts).as("%s", sometimes).isPositive();
        assertThat(sometimes.sparesUsed).as("%s", sometimes).isPositive();
        assertThat(sometimes.takeovers).as("%s", sometimes).isPositive();
    }

    @Test
    void when_stages_are_scaled_meanwhile_then_each_run_has_either_and_the_last_one_what_was_wanted() {
        ProcessWorld.Sometimes sometimes = new ProcessWorld.Sometimes();
        for (long seed = 0; seed < SEEDS; seed++) {
            sometimes.add(live(seed, Disasters.OF_ALL_WHILE_SCALED, Bug.NONE).sometimes());
        }
        assertThat(sometimes.scaled).as("%s", sometimes).isGreaterThan(SEEDS);
        assertThat(sometimes.prepared).as("%s", sometimes).isGreaterThan(SEEDS);
        assertThat(sometimes.neverPrepared).as("%s", sometimes).isPositive();
        assertThat(sometimes.takenBack).as("%s", sometimes).isPositive();
        assertThat(sometimes.takeovers).as("%s", sometimes).isPositive();
    }

    @ParameterizedTest
    @EnumSource(value = Bug.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void when_there_is_a_bug_then_it_is_found(Bug bug) {
        for (long seed = 0; seed < SEEDS; seed++) {
            try {
                live(seed, Disasters.OF_COORDINATORS_WITHOUT_LEASE, bug);
            } catch (AssertionError found) {
                return;
            }
        }
        throw new AssertionError(bug + " was not found by " + SEEDS + " seeds");
    }

    private static ProcessWorld live(long seed, Disasters disasters, Bug bug) {
        ProcessWorld world = new ProcessWorld(seed, bug);
        try {
            world.live(disasters, 40);
            return world;
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "seed " + seed + " with disasters " + disasters + ": " + e + "; " + world.sometimes(), e);
        }
    }
}
