package stream.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The short forms of the scripts, with the classes of this build: they run, checksums agree, and a report comes out. */
@Timeout(300)
class ScriptsIT {
    private static final Path FOLDER = Stream.of(Path.of(""), Path.of("benchmarks"))
            .map(Path::toAbsolutePath)
            .filter(folder -> Files.exists(folder.resolve("compare.py")))
            .findFirst()
            .orElseThrow();

    @Test
    void when_rows_are_run_in_short_then_there_is_a_report_of_each() throws Exception {
        // when
        String output = script("run", "--short", "--only", "w1,s");
        // then
        assertThat(report(output))
                .contains("# Workloads", "| w1 | --records 200000 |", "22e8c630360a1363", "| s |", "median_ms");
    }

    @Test
    void when_plots_are_made_in_short_then_there_is_a_picture_of_each() throws Exception {
        // when
        String output = script("plots", "--short", "--only", "keys");
        // then
        String report = report(output);
        assertThat(report).contains("## Keyed sum on the heap", "plot-keys.svg", "| 1,000,000 |");
        Path pictures = FOLDER.resolve("target/plots");
        try (Stream<Path> files = Files.list(pictures)) {
            assertThat(files.filter(file -> file.toString().endsWith("-plot-keys.svg")))
                    .isNotEmpty()
                    .allSatisfy(file ->
                            assertThat(file).content().startsWith("<svg").contains("<polyline", "</svg>"));
        }
    }

    @Test
    void when_a_row_is_not_known_then_the_script_says_which_there_are() throws Exception {
        // when
        Ended ended = run("run", "--short", "--only", "w99");
        // then
        assertThat(ended.code()).isNotZero();
        assertThat(ended.output()).contains("no rows ['w99']", "'w1'", "'s'");
    }

    private static String report(String output) throws IOException {
        String path = output.lines()
                .filter(line -> line.startsWith("report: "))
                .map(line -> line.substring("report: ".length()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no report: " + output));
        return Files.readString(Path.of(path));
    }

    private static String script(String name, String... arguments) throws Exception {
        Ended ended = run(name, arguments);
        assertThat(ended.code()).as(ended.output()).isZero();
        return ended.output();
    }

    private record Ended(int code, String output) {}

    private static Ended run(String name, String... arguments) throws Exception {
        List<String> command = Stream.concat(
                        Stream.of("bash", FOLDER.resolve(name).toString()), Stream.of(arguments))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "JAVA_HOME", System.getProperty("java.home"),
                        "BENCH_CLASS_PATH", System.getProperty("java.class.path"),
                        "PEER", "none"));
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }
}
