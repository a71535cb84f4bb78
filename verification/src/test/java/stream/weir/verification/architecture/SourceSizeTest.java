package stream.weir.verification.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files stay small enough to be read at one go. */
final class SourceSizeTest {
    private static final int MAIN_LINES = 400;
    /** A suite is a table of cases, and some machines have many. */
    private static final int TEST_LINES = 600;

    @Test
    void when_main_sources_are_counted_then_none_is_too_long() {
        assertThat(Repository.sources("main")).isNotEmpty();
        assertThat(longer(Repository.sources("main"), MAIN_LINES)).isEmpty();
    }

    @Test
    void when_test_sources_are_counted_then_none_is_too_long() {
        assertThat(longer(Repository.sources("test"), TEST_LINES)).isEmpty();
    }

    @Test
    void when_a_file_has_one_line_too_many_then_it_is_found(@TempDir Path folder) throws IOException {
        Path allowed = Files.writeString(folder.resolve("Allowed.java"), "\n".repeat(MAIN_LINES));
        Path tooLong = Files.writeString(folder.resolve("TooLong.java"), "\n".repeat(MAIN_LINES + 1));
        assertThat(longer(List.of(allowed, tooLong), MAIN_LINES)).containsExactly(tooLong);
    }

    private static List<Path> longer(List<Path> files, int lines) {
        return files.stream()
                .filter(file -> Repository.text(file).lines().count() > lines)
                .toList();
    }
}
