package stream.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The example in {@link FunctionHarness}'s documentation is the one that {@link FunctionHarnessTest} runs. */
class DocumentedExampleIT {
    private static final Path SOURCES = Path.of(System.getProperty("weir.root"), "operator-functions/testkit/src");

    @Test
    void when_the_documentation_shows_an_example_then_it_is_one_that_is_tested() throws IOException {
        // given
        String documentation =
                Files.readAllLines(SOURCES.resolve("main/java/stream/weir/testkit/FunctionHarness.java")).stream()
                        .map(line -> line.replaceFirst("^ \\*", "").strip())
                        .collect(Collectors.joining(" "));
        List<String> tests =
                Files.readAllLines(SOURCES.resolve("test/java/stream/weir/testkit/FunctionHarnessTest.java"));
        // when
        List<String> example = tests.stream()
                .map(String::strip)
                .dropWhile(line -> !line.equals("// example"))
                .skip(1)
                .takeWhile(line -> !line.equals("// end of example"))
                .toList();
        // then
        assertThat(example).hasSizeGreaterThan(5);
        assertThat(documentation).contains("{@snippet : " + String.join(" ", example) + " }");
    }
}
