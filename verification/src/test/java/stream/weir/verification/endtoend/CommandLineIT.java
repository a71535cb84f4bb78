package stream.weir.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    /** Adds to one log. */
    private WeirProcess run(Path file) throws Exception {
        return weir("run", "--work-dir", folder.resolve("work").toString(), file.toString());
    }

    private WeirProcess run(Path file, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of("run", "--work-dir", folder.resolve("work").toString()));
        arguments.addAll(List.of(options));
        arguments.add(file.toString());
        return WeirProcess.start(Files.createTempFile(folder, "log", ""), arguments.toArray(String[]::new));
    }

    /** Waits until that many checkpoints have been recorded. */
    private void awaitCheckpoint(WeirProcess process, int number) throws Exception {
        process.await(() -> entries() >= number);
    }

    /** Checkpoints are removed as well, so the greatest number counts. */
    private int entries() {
        return entries("numbers");
    }

    private int entries(String pipeline) {
        String[] names = folder.resolve("checkpoints/" + pipeline + "/checkpoints")
                .toFile()
                .list();
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
        // What the first one said at its end matches as well.
        second.awaitOutput(BEGUN, 3);
        awaitCheckpoint(second, entries() + 1);
        second.terminate();
        // then
        assertThat(second.exitCode()).as(second::output).isZero();
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
    void when_a_savepoint_is_made_then_it_is_listed_and_a_start_from_it_needs_leave_for_duplicates() throws Exception {
        // given
        Path file = pipeline("");
        runUntilStopped(file);
        // when
        WeirProcess made = weir("savepoint", file.toString(), "before-sale");
        assertThat(made.exitCode()).as(made::output).isZero();
        WeirProcess again = WeirProcess.start(folder.resolve("again"), "savepoint", file.toString(), "before-sale");
        WeirProcess list = WeirProcess.start(folder.resolve("list"), "checkpoints", file.toString());
        // then
        assertThat(made.output()).contains("Savepoint before-sale is checkpoint ");
        assertThat(again.exitCode()).isZero();
        assertThat(list.exitCode()).as(list::output).isZero();
        assertThat(list.output()).contains("savepoint before-sale: checkpoint ");
        // when
        runUntilStopped(file);
        WeirProcess refused = run(file, "--from-savepoint", "before-sale");
        // then
        assertThat(refused.exitCode()).as(refused::output).isEqualTo(4);
        assertThat(refused.output()).contains("OUTPUT_COMMITTED_BEYOND");
        // when
        WeirProcess back = run(file, "--from-savepoint", "before-sale", "--accept-duplicates");
        // then
        stopSoon(back, "numbers");
    }

    @Test
    void when_the_file_says_where_to_begin_then_the_first_start_does_and_later_ones_go_on() throws Exception {
        // given
        runUntilStopped(pipeline(""));
        weir("savepoint", folder.resolve("pipeline.yaml").toString(), "seed").exitCode();
        Path copied = folder.resolve("moved.yaml");
        Files.writeString(
                copied,
                Files.readString(folder.resolve("pipeline.yaml"))
                        .replace("name: numbers}", "name: moved}")
                        .replace("path: out", "path: moved-out")
                        .replace(
                                "spec:",
                                "spec:\n  restoreFrom: {uri: \"file:%s\"}"
                                        .formatted(folder.resolve("checkpoints/numbers/savepoints/seed"))));
        // when
        WeirProcess first = run(copied, "--restarts", "1");
        stopSoon(first, "moved");
        // then
        assertThat(first.output()).contains("as restoreFrom says").contains("goes on from checkpoint 1");
        assertThat(Rows.committed(folder.resolve("moved-out")))
                .doesNotContainAnyElementsOf(Rows.committed(folder.resolve("out")));
        // when
        WeirProcess second = run(copied, "--restarts", "1");
        stopSoon(second, "moved");
        // then
        assertThat(second.output()).contains("restoreFrom holds for the first start only");
    }

    @Test
    void when_it_is_to_begin_anew_beside_old_rows_then_refused_until_they_are_gone() throws Exception {
        // given
        Path file = pipeline("");
        runUntilStopped(file);
        // when
        WeirProcess refused = run(file, "--fresh");
        // then
        assertThat(refused.exitCode()).as(refused::output).isEqualTo(4);
        assertThat(refused.output()).contains("out").contains("--accept-duplicates");
        // when
        Files.move(folder.resolve("out"), folder.resolve("old-out"));
        WeirProcess fresh = run(file, "--fresh");
        stopSoon(fresh, "numbers");
        // then
        assertThat(fresh.output()).contains("starts from nothing");
    }

    private void runUntilStopped(Path file) throws Exception {
        int before = entries();
        WeirProcess process = run(file, "--verbose");
        process.awaitOutput(BEGUN, 1);
        awaitCheckpoint(process, before + 2);
        process.terminate();
        assertThat(process.exitCode()).as(process::output).isZero();
    }

    /** Waits for a checkpoint after the one that it began with. */
    private void stopSoon(WeirProcess process, String pipeline) throws Exception {
        process.awaitOutput(BEGUN, 1);
        int begun = entries(pipeline);
        process.await(() -> entries(pipeline) > begun);
        process.terminate();
        assertThat(process.exitCode()).as(process::output).isZero();
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
