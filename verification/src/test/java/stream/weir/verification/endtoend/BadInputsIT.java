package stream.weir.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.coordinator.store.StartOptions;
import stream.weir.coordinator.store.StartRefusal;
import stream.weir.local.JobOutcome;

/**
 * Bad inputs that a whole pipeline has to survive, or to refuse with what, where, why and what to do. Numbers are those of the
 * list of bad inputs; those that concern one part alone are tests of that part: I3 the codec generator, I5 frames.
 */
class BadInputsIT {
    private static final String COUNTS = """
            - name: in
              source: {generator: {fields: {user: {random: 10}, amount: {random: 100}}}, rate: 2000}
            - name: sums
              inputs: [{from: in, keyBy: [user]}]
              steps:
                - aggregate: {fields: {%s}}
            - name: out
              inputs: [{from: sums}]
              sink: {file: {path: out, format: csv}}
            """;

    @TempDir
    private Path folder;

    private String readAndWrite(String onError) {
        return """
                - name: in
                  source:
                    file: {path: in.csv, format: csv, schema: {id: int, amount: double}}
                    onError: %s
                - name: out
                  inputs: [{from: in}]
                  sink: {file: {path: out, format: csv}}
                """.formatted(onError);
    }

    private YamlJob withBrokenLine() throws Exception {
        return new YamlJob(folder).input("in.csv", "id,amount", "1,1.5", "2,lots", "3,3.5");
    }

    @Test
    void i1_when_a_value_does_not_parse_then_the_run_fails_and_names_file_line_field_and_value() throws Exception {
        // given
        YamlJob job = withBrokenLine();
        // when
        JobOutcome outcome = job.run(readAndWrite("fail"));
        // then
        assertThat(failure(outcome))
                .contains("in.csv:3")
                .contains("amount")
                .contains("lots")
                .contains("onError");
        assertThat(job.rows("out")).isEmpty();
    }

    @Test
    void i1_when_such_values_are_to_be_skipped_then_the_other_rows_are_unharmed() throws Exception {
        // given
        YamlJob job = withBrokenLine();
        // when
        JobOutcome outcome = job.run(readAndWrite("skip"));
        // then
        assertThat(outcome).isInstanceOf(JobOutcome.Completed.class);
        assertThat(job.rows("out")).containsExactlyInAnyOrder(List.of("1", "1.5"), List.of("3", "3.5"));
    }

    @Test
    void i1_when_such_values_go_to_the_dead_letters_then_raw_bytes_and_position_are_kept() throws Exception {
        // given
        YamlJob job = withBrokenLine();
        String stages = readAndWrite("deadLetter") + """
                - name: dead
                  inputs: [{from: in.deadLetters}]
                  steps: [{map: {position: position, raw: string(raw)}}]
                  sink: {file: {path: dead, format: jsonl}}
                """;
        // when
        JobOutcome outcome = job.run(stages);
        // then
        assertThat(outcome).isInstanceOf(JobOutcome.Completed.class);
        assertThat(job.rows("out")).hasSize(2);
        assertThat(text("dead")).contains("in.csv:3").contains("2,lots");
    }

    @Test
    void i2_when_a_key_is_null_then_the_run_fails_and_says_where() throws Exception {
        // given
        YamlJob job = new YamlJob(folder).input("in.csv", "user,amount", "a,1", ",2");
        // when
        JobOutcome outcome = job.run("""
                - name: in
                  source: {file: {path: in.csv, format: csv, nullValues: [""], schema: {user: string, amount: int}}}
                - name: sums
                  inputs: [{from: in, keyBy: [user]}]
                  steps: [{aggregate: {fields: {total: {sum: amount}}}}]
                  sink: {file: {path: out, format: csv}}
                """);
        // then
        assertThat(failure(outcome)).contains("null key").contains("user").contains("in");
    }

    @Test
    void i4_when_a_record_is_larger_than_the_credit_then_it_passes_alone() throws Exception {
        // given
        String large = "x".repeat(3 << 20);
        YamlJob job = new YamlJob(folder).input("in.txt", "small", large, "smaller");
        // when
        JobOutcome outcome = job.run("""
                - name: in
                  source: {file: {path: in.txt, format: text, maxLineLength: 8MiB}}
                - name: out
                  inputs: [{from: in}]
                  sink: {file: {path: out, format: csv}}
                """);
        // then
        assertThat(outcome).as("%s", outcome).isInstanceOf(JobOutcome.Completed.class);
        assertThat(job.rows("out")).extracting(row -> row.getFirst().length()).containsExactlyInAnyOrder(5, 3 << 20, 7);
    }

    @Test
    void i8_when_a_timestamp_is_far_ahead_then_other_rows_do_not_become_late() throws Exception {
        // given
        YamlJob job = new YamlJob(folder)
                .input(
                        "in.csv",
                        "user,at",
                        "a,2026-01-01T00:10:00Z",
                        "b,9999-12-31T00:00:00Z",
                        "c,0001-01-01T00:00:00Z",
                        "a,2026-01-01T00:20:00Z");
        // when
        JobOutcome outcome = job.run("""
                - name: in
                  source:
                    file: {path: in.csv, format: csv, schema: {user: string, at: timestamp}}
                    eventTime: {field: at, maxOutOfOrderness: 1000000d}
                - name: counts
                  inputs: [{from: in, keyBy: [user]}]
                  steps: [{aggregate: {window: {tumbling: 1h}, fields: {rows: {count: "*"}}}}]
                  sink: {file: {path: out, format: csv}}
                """);
        // then
        assertThat(outcome).as("%s", outcome).isInstanceOf(JobOutcome.Completed.class);
        assertThat(job.rows("out"))
                .contains(List.of("a", "2026-01-01T00:00:00Z", "2026-01-01T01:00:00Z", "2"))
                .extracting(List::getFirst)
                .containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void i10_when_one_key_has_most_of_the_traffic_then_nothing_is_lost() throws Exception {
        // given
        List<String> lines = new ArrayList<>(List.of("user"));
        IntStream.range(0, 20_000).forEach(i -> lines.add(i % 10 == 0 ? "user-" + i : "hot"));
        YamlJob job = new YamlJob(folder).input("in.csv", lines.toArray(String[]::new));
        // when
        JobOutcome outcome = job.run("""
                - name: in
                  source: {file: {path: in.csv, format: csv, schema: {user: string}}}
                - name: counts
                  replicas: 3
                  inputs: [{from: in, keyBy: [user]}]
                  steps: [{aggregate: {fields: {rows: {count: "*"}}}}]
                  sink: {file: {path: out, format: csv}}
                """);
        // then
        assertThat(outcome).isInstanceOf(JobOutcome.Completed.class);
        assertThat(job.rows("out")).hasSize(20_000).contains(List.of("hot", "18000"));
    }

    @Test
    void i12_when_one_record_becomes_very_many_then_they_all_arrive_in_bounded_memory() throws Exception {
        // given
        int words = 400_000;
        YamlJob job = new YamlJob(folder).input("in.txt", "w ".repeat(words - 1) + "w");
        // when
        JobOutcome outcome = job.run("""
                - name: in
                  source: {file: {path: in.txt, format: text, maxLineLength: 8MiB}}
                  steps: [{flatMap: {as: word, of: "line.split(' ')"}}, {map: {word: word}}]
                - name: out
                  inputs: [{from: in}]
                  sink: {file: {path: out, format: csv}}
                """);
        // then
        assertThat(outcome).as("%s", outcome).isInstanceOf(JobOutcome.Completed.class);
        assertThat(job.rows("out")).hasSize(words);
    }

    @Test
    void i14_when_state_changes_its_type_then_the_start_is_refused_and_the_state_is_untouched() throws Exception {
        // given
        YamlJob job = new YamlJob(folder);
        assertThat(job.runUntilCheckpoint(COUNTS.formatted("total: {sum: amount}")))
                .isInstanceOf(JobOutcome.Stopped.class);
        int before = job.rows("out").size();
        // when
        JobOutcome changed = job.runUntilCheckpoint(COUNTS.formatted("total: {avg: amount}"));
        // then
        assertThat(changed).isInstanceOf(JobOutcome.NotOpened.class);
        assertThat(((JobOutcome.NotOpened) changed).error())
                .hasMessageContaining("aggregate")
                .hasMessageContaining("written as")
                .hasMessageContaining("declared as");
        // when
        JobOutcome again = job.runUntilCheckpoint(COUNTS.formatted("total: {sum: amount}"));
        // then
        assertThat(again).isInstanceOf(JobOutcome.Stopped.class);
        assertThat(job.rows("out").size()).isGreaterThan(before);
    }

    @Test
    void i15_when_a_stage_with_state_is_renamed_then_the_start_is_refused_until_its_state_may_be_dropped()
            throws Exception {
        // given
        YamlJob job = new YamlJob(folder);
        String stages = COUNTS.formatted("total: {sum: amount}");
        job.runUntilCheckpoint(stages);
        String renamed = stages.replace("name: sums", "name: totals").replace("from: sums", "from: totals");
        // when
        JobOutcome outcome = job.runUntilCheckpoint(renamed);
        // then
        assertThat(refusal(outcome)).isEqualTo(StartRefusal.STATE_DROPPED);
        assertThat(((JobOutcome.Refused) outcome).reason()).hasMessageContaining("sums");
        // when, then
        assertThat(job.start(StartOptions.newest().allowingDroppedState()).runUntilCheckpoint(renamed))
                .isInstanceOf(JobOutcome.Stopped.class);
    }

    @Test
    void i18_when_the_newest_manifest_is_damaged_then_the_start_is_refused_and_no_older_one_is_taken()
            throws Exception {
        // given
        YamlJob job = new YamlJob(folder);
        String stages = COUNTS.formatted("total: {sum: amount}");
        job.runUntilCheckpoint(stages);
        Path newest = newestManifest(job);
        String edited = Files.readString(newest).replaceFirst("\"parallelism\"\\s*:\\s*1", "\"parallelism\": 2");
        assertThat(edited).isNotEqualTo(Files.readString(newest));
        Files.writeString(newest, edited);
        // when
        JobOutcome outcome = job.runUntilCheckpoint(stages);
        // then
        assertThat(refusal(outcome)).isEqualTo(StartRefusal.CHECKPOINT_INVALID);
        assertThat(((JobOutcome.Refused) outcome).reason())
                .hasMessageContaining(newest.getFileName().toString());
    }

    @Test
    void i18_when_a_file_of_the_newest_checkpoint_is_gone_then_the_start_is_refused_and_names_it() throws Exception {
        // given
        YamlJob job = new YamlJob(folder);
        String stages = COUNTS.formatted("total: {sum: amount}");
        job.runUntilCheckpoint(stages);
        try (Stream<Path> files = Files.list(job.checkpoints().resolve("files"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        // when
        JobOutcome outcome = job.runUntilCheckpoint(stages);
        // then
        assertThat(refusal(outcome)).isEqualTo(StartRefusal.OBJECT_MISSING);
    }

    private static Path newestManifest(YamlJob job) throws Exception {
        try (Stream<Path> manifests = Files.list(job.checkpoints().resolve("checkpoints"))) {
            return manifests.max(Path::compareTo).orElseThrow();
        }
    }

    private static StartRefusal refusal(JobOutcome outcome) {
        assertThat(outcome).isInstanceOf(JobOutcome.Refused.class);
        return ((JobOutcome.Refused) outcome).reason().reason();
    }

    private static String failure(JobOutcome outcome) {
        assertThat(outcome).isInstanceOf(JobOutcome.Failed.class);
        return ((JobOutcome.Failed) outcome).detail();
    }

    private String text(String path) throws Exception {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.list(folder.resolve(path))) {
            for (Path file : files.filter(each -> !each.getFileName().toString().startsWith("."))
                    .toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }
}
