package stream.weir.verification.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many seeds: {@code -Dweir.simulation.seeds=N} for another number of them, {@code -Dweir.simulation.first=N} to begin elsewhere,
 * {@code -Dweir.simulation.seed=N} for one alone, and {@code -Dweir.simulation.events=N} to see more of what happened.
 */
class SimulationSimTest {
    private static final int SEEDS = 2_000;
    private static final int MOST_FAILURES = 5;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void when_anything_goes_wrong_then_each_record_counts_exactly_once() {
        Optional<Long> only = Optional.ofNullable(Long.getLong("weir.simulation.seed"));
        long first = only.orElseGet(() -> Long.getLong("weir.simulation.first", 1));
        long count = only.isPresent() ? 1 : Long.getLong("weir.simulation.seeds", SEEDS);
        Seeds seeds = Seeds.in(folder);
        Coverage coverage = new Coverage();
        List<String> failures = new ArrayList<>();
        long events = 0;

        for (long seed = first; seed < first + count && failures.size() < MOST_FAILURES; seed++) {
            Seeds.Outcome outcome = seeds.run(seed);
            coverage.add(outcome.coverage());
            events += outcome.events();
            outcome.failure().ifPresent(failures::add);
        }

        assertThat(failures)
                .withFailMessage(() -> String.join("\n\n", failures))
                .isEmpty();
        System.out.printf("%,d seeds, %,d events: %s%n", count, events, coverage);
        if (count >= SEEDS) {
            assertThat(coverage.missing())
                    .as("faults that never led to a restore")
                    .isEmpty();
            assertThat(coverage.takeovers()).as("takeovers").isGreaterThan(SEEDS / 10);
        }
    }

    @Test
    void when_a_seed_runs_again_then_everything_happens_again() {
        Seeds seeds = Seeds.in(folder);

        for (long seed = 1; seed <= 5; seed++) {
            assertThat(seeds.run(seed).checksum()).isEqualTo(seeds.run(seed).checksum());
        }
    }
}
