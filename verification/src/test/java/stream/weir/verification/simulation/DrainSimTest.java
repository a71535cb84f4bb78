package stream.weir.verification.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job whose input never ends is drained at some moment, with whatever goes wrong around it: it completes, with each record that was read
 * in the output once, and nothing comes after that. {@code -Dweir.simulation.drains=N} for another number of seeds, {@code
 * -Dweir.simulation.drain=N} for one alone.
 */
class DrainSimTest {
    private static final int SEEDS = 200;
    private static final int MOST_FAILURES = 5;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void when_a_job_is_drained_then_it_completes_and_what_was_read_counts_once() {
        Optional<Long> only = Optional.ofNullable(Long.getLong("weir.simulation.drain"));
        long first = only.orElse(1L);
        long count = only.isPresent() ? 1 : Long.getLong("weir.simulation.drains", SEEDS);
        Seeds seeds = Seeds.in(folder);
        Coverage coverage = new Coverage();
        List<String> failures = new ArrayList<>();

        for (long seed = first; seed < first + count && failures.size() < MOST_FAILURES; seed++) {
            Seeds.Outcome outcome = seeds.drain(seed);
            coverage.add(outcome.coverage());
            outcome.failure().ifPresent(failures::add);
        }

        assertThat(failures)
                .withFailMessage(() -> String.join("\n\n", failures))
                .isEmpty();
        System.out.printf(
                "%d drained, %d restores and %d takeovers on the way%n",
                count, coverage.restoresDraining(), coverage.takeoversDraining());
        if (count >= SEEDS) {
            assertThat(coverage.restoresDraining())
                    .as("restores while draining")
                    .isGreaterThan(SEEDS / 10);
            assertThat(coverage.takeoversDraining())
                    .as("takeovers while draining")
                    .isGreaterThan(SEEDS / 20);
        }
    }
}
