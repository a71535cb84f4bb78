package stream.weir.verification.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Any process, at any moment: coordinators and stages are killed, or stopped for a while and woken up again, as a seed says. The
 * short form is part of every build; {@code -Dweir.services.kills=100} is the long one.
 */
@Timeout(3_600)
class ServicesKillLoopIT {
    private static final int KILLS = Integer.getInteger("weir.services.kills", 6);
    private static final int ROWS_PER_SECOND = 2_000;

    /** Enough rows for so long that the job is hardly ever over before the last kill. */
    private static final int ROWS_PER_KILL = 12_000;

    private static final int LONGEST_PAUSE_MILLIS = 2_500;

    @TempDir
    private Path folder;

    @BeforeAll
    static void theServicesAreBuilt() {
        Optional<String> why = Services.whyNotAvailable();
        assumeTrue(why.isEmpty(), why.orElse(""));
    }

    @Test
    void when_processes_are_killed_and_stopped_at_random_then_the_output_is_exact() throws Exception {
        long seed = Long.getLong("weir.services.seed", 20_131_231L);
        Random random = new Random(seed);
        SumsJob job = SumsJob.write(folder, KILLS * ROWS_PER_KILL, ROWS_PER_SECOND);
        try (Services services = job.services(2)) {
            // given
            services.startCoordinator(0);
            services.startCoordinator(1);
            SumsJob.startStages(services);
            services.awaitPhase("RUNNING");
            List<String> names =
                    new ArrayList<>(SumsJob.stages().keySet().stream().sorted().toList());
            names.addAll(List.of("coordinator-0", "coordinator-1"));
            // when
            int kills = 0;
            for (boolean over = false; kills < KILLS && !over; kills++) {
                Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
                String victim = names.get(random.nextInt(names.size()));
                if (random.nextInt(3) == 0) {
                    services.process(victim).signal("STOP");
                    Thread.sleep(random.nextInt(3 * LONGEST_PAUSE_MILLIS));
                    services.process(victim).signal("CONT");
                } else {
                    services.kill(victim);
                    services.restart(victim);
                }
                over = services.awaitProgressOrEnd();
                job.assertNoneDoubled("kill " + kills + " of " + victim + ", seed " + seed);
            }
            // then
            assertThat(kills)
                    .as("kills before the input was over; a slow machine takes longer for each")
                    .isGreaterThan(KILLS / 2);
            services.awaitPhase("COMPLETED");
            job.assertExact();
        }
    }
}
