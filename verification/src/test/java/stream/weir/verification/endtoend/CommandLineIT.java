package stream.weir.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process: what it says, and its exit code. */
class CommandLineIT {
    private static final Pattern BEGUN = Pattern.compile("starts from nothing|goes on from checkpoint");

    @TempDir
    private Path folder;

    private Path pipeline(String steps) throws Exception {
        Path file = folder.resolve("pipeline.yaml");
        Files.writeString(file, """
                apiVersion: weir.stream/v1alpha1
                kind: StreamPipeline
                metadata: {name: numbers}
                spec:
                  checkpoint: {interval: 100ms, snapshots: {uri: "file:checkpoints"}}
                  stages:
                    - name: numbers
                      source: {generator: {fields: {n: {sequence: 0}}}, rate: 1000}
                %s
                      sink: {file: {path: out, format: csv}}
                """.formatted(steps));
        return file;
    }

    private WeirProcess weir(String... arguments) throws Exception {
        return WeirProcess.start(folder.resolve("log"), arguments);
    }

    private WeirProcess run(Path file) throws Exception {
        return weir("run", "--work-dir", folder.resolve("work").toString(), file.toString());
    }

    /** Waits until that many checkpoints have been recorded. */
    private void awaitCheckpoint(WeirProcess process, int number) throws Exception {
        process.await(() -> entries() >= number);
    }

    /** Checkpoints are removed as well, so the greatest number counts. */
    private int entries() {
        String[] names =
                folder.resolve("checkpoints/numbers/checkpoints").toFile().list();
        return names == null
                ? 0
                : Stream.of(names)
                        .filter(name -> name.endsWith(".json") && !name.startsWith("."))
                        .mapToInt(name -> Integer.parseInt(name.replace(".json", "")))
                        .max()
                        .orElse(0);
    }

    @Test
    void when_it_is_interrupted_then_it_ends_with_a_checkpoint_and_goes_on_from_there() throws Exception {
        // given
        Path file = pipeline("");
        WeirProcess first = run(file);
        awaitCheckpoint(first, 1);
        // when
        first.terminate();
        // then
        assertThat(first.exitCode()).as(first::output).isZero();
        assertThat(first.output())
                .contains("starts from nothing")
                .contains("has stopped")
                .contains("started again, it goes on from checkpoint");
        int committed = Rows.committed(folder.resolve("out")).size();
        // when
        WeirProcess second = run(file);
        second.awaitOutput(BEGUN, 2);
        awaitCheckpoint(second, entries() + 1);
        second.terminate();
        // then
        assertThat(second.exitCode()).isZero();
        assertThat(second.output()).contains("goes on from checkpoint");
        assertThat(Rows.committed(folder.resolve("out")))
                .doesNotHaveDuplicates()
                .hasSizeGreaterThanOrEqualTo(committed);
    }

    @Test
    void when_it_runs_already_then_a_second_one_is_refused() throws Exception {
        // given
        Path file = pipeline("");
        WeirProcess first = run(file);
        awaitCheckpoint(first, 1);
        // when
        WeirProcess second = WeirProcess.start(
                folder.resolve("log-2"),
                "run",
                "--work-dir",
                folder.resolve("work").toString(),
                file.toString());
        // then
        assertThat(second.exitCode()).isEqualTo(2);
        assertThat(second.output()).contains("is running already");
        first.terminate();
        assertThat(first.exitCode()).isZero();
    }

    @Test
    void when_a_file_has_problems_then_all_of_them_are_printed() throws Exception {
        // given
        Path file = pipeline("      replcas: 2\n      steps: [{fliter: n > 1}]");
        // when
        WeirProcess check = weir("check", file.toString());
        // then
        assertThat(check.exitCode()).isEqualTo(3);
        assertThat(check.output())
                .contains("pipeline.yaml:9:")
                .contains("did you mean \"replicas\"?")
                .contains("did you mean \"filter\"?")
                .contains("2 problems");
    }

    @Test
    void when_checkpoints_are_asked_for_then_they_are_listed_and_shown() throws Exception {
        // given
        Path file = pipeline("");
        WeirProcess first = run(file);
        awaitCheckpoint(first, 1);
        first.terminate();
        first.exitCode();
        // when
        WeirProcess list = WeirProcess.start(folder.resolve("list"), "checkpoints", file.toString());
        WeirProcess byUri = WeirProcess.start(
                folder.resolve("uri"), "checkpoints", "file:" + folder.resolve("checkpoints/numbers"));
        // then
        assertThat(list.exitCode()).as(list::output).isZero();
        assertThat(list.output()).contains("CHECKPOINT").contains("REQUESTED");
        assertThat(byUri.exitCode()).isZero();
        assertThat(byUri.output()).isEqualTo(list.output());
    }

    @Test
    void when_the_command_line_is_wrong_then_it_says_so() throws Exception {
        // when
        WeirProcess unknown = WeirProcess.start(folder.resolve("a"), "rnu");
        WeirProcess missing = WeirProcess.start(folder.resolve("b"), "run", "nowhere.yaml");
        // then
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.output()).contains("rnu").contains("run");
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.output()).contains("nowhere.yaml").contains("no such file");
    }
}
