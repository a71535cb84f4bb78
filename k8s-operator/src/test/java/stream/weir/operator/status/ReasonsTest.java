package stream.weir.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every word that the operator says is explained. */
final class ReasonsTest {
    private static final Path GUIDE =
            Path.of(System.getProperty("weir.root", "..")).resolve("docs/guides/troubleshooting.md");

    @Test
    void when_there_is_a_reason_then_the_guide_has_it() throws IOException {
        String guide = Files.readString(GUIDE);
        assertThat(all().map(Reason::word)).allSatisfy(word -> assertThat(guide).contains("`" + word + "`"));
    }

    @Test
    void when_a_word_is_made_then_it_is_spelled_as_kubernetes_does() {
        assertThat(StalledReason.PROGRESS_DEADLINE_EXCEEDED.word()).isEqualTo("ProgressDeadlineExceeded");
    }

    private static Stream<Reason> all() {
        return Stream.<List<? extends Reason>>of(
                        Arrays.asList(ReadyReason.values()),
                        Arrays.asList(ReconcilingReason.values()),
                        Arrays.asList(StalledReason.values()),
                        Arrays.asList(CheckpointReason.values()),
                        Arrays.asList(RestorableReason.values()),
                        Arrays.asList(CompatibilityReason.values()),
                        Arrays.asList(EventReason.values()))
                .flatMap(List::stream);
    }
}
