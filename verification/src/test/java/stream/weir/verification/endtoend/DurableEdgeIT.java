package stream.weir.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.testservers.KafkaServer;

/**
 * Two regions with an edge over a real broker between them. Each key's rows are a running count and sum, so that one that is lost,
 * doubled or out of order shows; windows show whether watermarks crossed.
 */
class DurableEdgeIT {
    private static final int ROWS = 20_000;
    private static final int KEYS = 7;
    private static final Pattern STARTED = Pattern.compile("(starts from nothing|goes on from checkpoint)");

    @TempDir
    private Path folder;

    @Test
    void when_either_side_is_killed_then_the_other_goes_on_and_the_output_is_exact() throws Exception {
        // given
        Path pipeline = pipeline("killed", 2000);
        WeirProcess upper = start(pipeline, "--region", "killed");
        WeirProcess lower = start(pipeline, "--region", "killed-take");
        upper.awaitOutput(STARTED, 1);
        lower.awaitOutput(STARTED, 1);

        // when: the side above
        lower.await(() -> committed() > 0);
        upper.kill();
        upper = start(pipeline, "--region", "killed");
        upper.awaitOutput(STARTED, 1);

        // then
        long before = committed();
        lower.await(() -> committed() > before);
        assertThat(lower.output()).doesNotContain("going back");

        // when: the side below
        lower.kill();
        lower = start(pipeline, "--region", "killed-take");

        // then
        assertThat(upper.exitCode()).as(upper::output).isZero();
        assertThat(lower.exitCode()).as(lower::output).isZero();
        assertThat(upper.output()).contains("goes on from checkpoint").doesNotContain("going back");
        assertThat(lower.output()).contains("goes on from checkpoint");
        assertExact();
    }

    @Test
    void when_one_process_runs_both_regions_and_is_killed_then_the_output_is_exact_and_it_ends() throws Exception {
        // given
        Path pipeline = pipeline("whole", 4000);
        WeirProcess first = start(pipeline);
        first.awaitOutput(STARTED, 2);
        first.await(() -> committed() > 0);

        // when
        first.kill();
        WeirProcess second = start(pipeline);

        // then
        assertThat(second.exitCode()).as(second::output).isZero();
        assertThat(second.output()).contains("whole has completed", "whole-take has completed");
        assertExact();
    }

    private void assertExact() throws IOException {
        Map<String, List<String>> found = new HashMap<>();
        for (List<String> row : Rows.committed(folder.resolve("out"))) {
            found.computeIfAbsent(row.get(0), key -> new ArrayList<>()).add(row.get(1) + " " + row.get(2));
        }
        for (int key = 0; key < KEYS; key++) {
            List<String> expected = new ArrayList<>();
            long sum = 0;
            for (long n = key; n < ROWS; n += KEYS) {
                sum += n;
                expected.add(expected.size() + 1 + " " + sum);
            }
            assertThat(found.get(String.valueOf(key))).containsExactlyInAnyOrderElementsOf(expected);
        }
        // Each window is there once: nothing was late, and all of them fired.
        long windowed = 0;
        for (List<String> row : Rows.committed(folder.resolve("windows"))) {
            windowed += Long.parseLong(row.getLast());
        }
        assertThat(windowed).isEqualTo(ROWS);
        assertThat(Rows.committed(folder.resolve("windows"))).hasSize(KEYS * ((ROWS + 999) / 1000));
    }

    private long committed() {
        try {
            return Files.isDirectory(folder.resolve("out"))
                    ? Rows.committed(folder.resolve("out")).size()
                    : 0;
        } catch (IOException e) {
            // A file that is just being renamed.
            return 0;
        }
    }

    private WeirProcess start(Path pipeline, String... options) throws IOException {
        List<String> words = new ArrayList<>(
                List.of("run", "--work-dir", folder.resolve("work").toString()));
        words.addAll(List.of(options));
        words.add(pipeline.toString());
        String name = options.length == 0 ? "log" : "log-" + options[1];
        return WeirProcess.start(folder.resolve(name), Map.of(), words.toArray(String[]::new));
    }

    private Path pipeline(String name, int rate) throws IOException {
        KafkaServer kafka = KafkaServer.shared();
        kafka.createTopic("edge-" + name, 3, Map.of());
        return Files.writeString(
                folder.resolve("pipeline.yaml"), """
                apiVersion: weir.stream/v1alpha1
                kind: StreamPipeline
                metadata: {name: %1$s}
                spec:
                  checkpoint:
                    interval: 500ms
                    tolerableFailures: -1
                    snapshots: {uri: "file:checkpoints"}
                  state: {backend: RocksDB, incremental: true}
                  stages:
                    - name: in
                      source:
                        generator: {count: %2$d, splits: 1, fields: {n: {sequence: 0}, at: {time: {start: 2024-01-01T00:13:20Z, step: 1s}}}}
                        eventTime: {field: at}
                        rate: %3$d
                      steps:
                        - map: {key: "n %% %4$d", n: n, at: at}
                    - name: take
                      replicas: 2
                      inputs: [{from: in, durable: {kafka: {brokers: "%5$s", topic: edge-%1$s, key: [key]}}}]
                    - name: sums
                      replicas: 2
                      inputs: [{from: take, keyBy: [key]}]
                      steps:
                        - aggregate: {fields: {count: {count: "*"}, sum: {sum: n}}}
                      sink:
                        file: {path: out, format: csv}
                    - name: windows
                      inputs: [{from: take, keyBy: [key]}]
                      steps:
                        - aggregate: {window: {tumbling: 1000s}, fields: {count: {count: "*"}}}
                      sink:
                        file: {path: windows, format: csv}
                """.formatted(name, ROWS, rate, KEYS, kafka.bootstrap()));
    }
}
