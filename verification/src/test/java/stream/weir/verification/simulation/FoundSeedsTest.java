package stream.weir.verification.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the simulation has found, each with the faults that brought it about and a seed that showed it. */
class FoundSeedsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** @param what was wrong, and is right since */
    private record Found(long seed, Set<Fault> faults, String what) {
        @Override
        public String toString() {
            return what + " (seed " + seed + ")";
        }
    }

    static Found[] found() {
        return new Found[] {
            new Found(
                    7,
                    Set.of(Fault.PREPARE_FAILED),
                    "a sink that once could not make its rows durable declined every later checkpoint, for ever"),
        };
    }

    @ParameterizedTest
    @MethodSource
    void found(Found each) {
        Seeds.Outcome outcome = Seeds.in(folder).run(each.seed(), each.faults(), Plant.NONE);

        assertThat(outcome.failure())
                .withFailMessage(() -> outcome.failure().orElse(""))
                .isEmpty();
        assertThat(outcome.coverage().hasSeenAll(each.faults())).isTrue();
    }
}
