package stream.weir.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Samples and examples are sound, and those that need nothing else run as they stand. */
@Timeout(600)
class SamplesIT {
    private static final Path ROOT =
            Path.of(System.getProperty("weir.root", "..")).toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    static List<String> pipelines() throws IOException {
        List<String> found = new ArrayList<>();
        for (String parent : List.of("deploy/samples", "examples")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(parent), 2)) {
                files.filter(file -> file.endsWith("pipeline.yaml"))
                        .map(file -> ROOT.relativize(file).toString())
                        .sorted()
                        .forEach(found::add);
            }
        }
        return found;
    }

    @Test
    void when_samples_are_looked_for_then_they_are_found() throws IOException {
        assertThat(pipelines())
                .contains("deploy/samples/weather-delays/pipeline.yaml", "examples/two-inputs/pipeline.yaml")
                .hasSizeGreaterThanOrEqualTo(11);
    }

    @ParameterizedTest
    @MethodSource("pipelines")
    void when_a_sample_is_checked_then_it_is_sound(String pipeline) throws Exception {
        WeirProcess weir = WeirProcess.start(
                folder.resolve("log"), "check", alone(ROOT.resolve(pipeline)).toString());

        assertThat(weir.exitCode()).as(weir.output()).isZero();
        assertThat(weir.output()).contains("is sound");
    }

    @ParameterizedTest
    @CsvSource({
        "deploy/samples/flight-delays, out/flight-delays, 470",
        "deploy/samples/weather-delays, out/weather-delays, 130",
        "examples/two-inputs, out/settlements, 5"
    })
    void when_a_sample_is_run_then_it_completes_with_as_many_rows_as_its_readme_says(
            String sample, String output, int rows) throws Exception {
        // given
        Path copy = copyOf(ROOT.resolve(sample));
        // when
        WeirProcess weir = WeirProcess.start(
                folder.resolve("log"),
                "run",
                "--work-dir",
                folder.resolve("work").toString(),
                copy.resolve("pipeline.yaml").toString());
        // then
        assertThat(weir.exitCode()).as(weir.output()).isZero();
        assertThat(rows(copy.resolve(output))).hasSize(rows);
    }

    @Test
    void when_orders_and_payments_meet_then_those_paid_in_time_are_told_apart() throws Exception {
        // given
        Path copy = copyOf(ROOT.resolve("examples/two-inputs"));
        // when
        WeirProcess weir = WeirProcess.start(
                folder.resolve("log"),
                "run",
                "--work-dir",
                folder.resolve("work").toString(),
                copy.resolve("pipeline.yaml").toString());
        // then
        assertThat(weir.exitCode()).as(weir.output()).isZero();
        assertThat(rows(copy.resolve("out/settlements")))
                .extracting(row -> row.substring(0, 1) + " " + row.substring(row.lastIndexOf(',') + 1))
                .containsExactlyInAnyOrder("1 paid", "2 unpaid", "3 unpaid", "4 paid", "5 unpaid");
    }

    /** The pipeline of a file for kubectl that has other resources, too. */
    private Path alone(Path file) throws IOException {
        String text = Files.readString(file);
        if (!text.contains("\n---\n")) {
            return file;
        }
        String pipeline = Arrays.stream(text.split("\n---\n", -1))
                .filter(document -> document.contains("kind: StreamPipeline"))
                .findFirst()
                .orElseThrow();
        return Files.writeString(folder.resolve("pipeline.yaml"), pipeline);
    }

    /** So that what it writes is not beside the sample. */
    private Path copyOf(Path sample) throws IOException {
        Path copy = folder.resolve("sample");
        Files.createDirectories(copy.resolve("data"));
        Files.copy(sample.resolve("pipeline.yaml"), copy.resolve("pipeline.yaml"));
        try (Stream<Path> files = Files.list(sample.resolve("data"))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve("data").resolve(file.getFileName()));
            }
        }
        return copy;
    }

    /** Without the headings. */
    private static List<String> rows(Path output) throws IOException {
        List<String> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(output)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".csv")).toList()) {
                Files.readAllLines(file).stream().skip(1).forEach(rows::add);
            }
        }
        return rows;
    }
}
