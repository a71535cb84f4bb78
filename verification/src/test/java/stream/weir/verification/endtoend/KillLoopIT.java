package stream.weir.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process is killed again and again while the flights of a whole year run through it. Each carrier's committed rows are a
 * running count and sum, so a row that is lost, doubled or out of order shows.
 */
class KillLoopIT {
    private static final int KILLS = 30;
    private static final int ROWS_PER_SECOND = 6_000;
    private static final int LONGEST_LIFE_MILLIS = 2_000;
    private static final Pattern RUNNING = Pattern.compile("(starts from nothing|goes on from checkpoint)");
    private static final Pattern RESTORED = Pattern.compile("goes on from checkpoint");

    @TempDir
    private Path folder;

    @Test
    void when_the_process_is_killed_at_random_then_the_committed_output_is_exact() throws Exception {
        // given
        Path flights = Contract.data().resolve("flights.csv.gz");
        Path pipeline = pipeline(flights);
        Path log = folder.resolve("log");
        long seed = Long.getLong("weir.kill.seed", 20_131_231L);
        Random random = new Random(seed);

        // when
        for (int kill = 0; kill < KILLS; kill++) {
            WeirProcess process = start(log, pipeline);
            process.awaitOutput(RUNNING, kill + 1);
            boolean ended = process.endsWithin(Duration.ofMillis(random.nextInt(LONGEST_LIFE_MILLIS)));
            process.kill();
            assertThat(ended)
                    .as("ended by itself at kill %d (seed %d): %s", kill, seed, process.output())
                    .isFalse();
            assertNoneDoubled(Rows.committed(folder.resolve("out")), "after kill " + kill + ", seed " + seed);
        }
        WeirProcess last = start(log, pipeline);
        assertThat(last.exitCode()).as(() -> last.output()).isZero();

        // then
        List<List<String>> rows = Rows.committed(folder.resolve("out"));
        Rows.assertSame(rows, expected(flights));
        assertThat(last.output()).contains("has completed");
        assertThat(RESTORED.matcher(last.output()).results()).as("restores").hasSizeGreaterThan(KILLS / 3);

        // when
        WeirProcess again = start(folder.resolve("log-again"), pipeline);

        // then
        assertThat(again.exitCode()).isZero();
        assertThat(again.output()).contains("has completed already");
        assertThat(Rows.committed(folder.resolve("out"))).hasSameSizeAs(rows);
    }

    private WeirProcess start(Path log, Path pipeline) throws IOException {
        return WeirProcess.start(
                log, "run", "--work-dir", folder.resolve("work").toString(), pipeline.toString());
    }

    private Path pipeline(Path flights) throws IOException {
        Path file = folder.resolve("pipeline.yaml");
        Files.writeString(file, """
                apiVersion: weir.stream/v1alpha1
                kind: StreamPipeline
                metadata: {name: kill-loop}
                spec:
                  checkpoint:
                    interval: 300ms
                    tolerableFailures: -1
                    snapshots: {uri: "file:checkpoints"}
                  state: {backend: RocksDB, incremental: true}
                  stages:
                    - name: flights
                      source:
                        file:
                          path: %s
                          format: csv
                          nullValues: ["", "NA"]
                          schema: {carrier: string, distance: int}
                        rate: %d
                    - name: by-carrier
                      replicas: 2
                      inputs: [{from: flights, keyBy: [carrier]}]
                      steps:
                        - aggregate:
                            fields:
                              flights: {count: "*"}
                              miles: {sum: distance}
                    - name: report
                      inputs: [{from: by-carrier}]
                      sink:
                        file: {path: out, format: csv}
                """.formatted(flights, ROWS_PER_SECOND));
        return file;
    }

    /** The running count and sum of each carrier, computed from the file itself. */
    static List<List<String>> expected(Path flights) throws IOException {
        List<List<String>> input = Rows.of(flights);
        int carrier = input.getFirst().indexOf("carrier");
        int distance = input.getFirst().indexOf("distance");
        Map<String, long[]> running = new HashMap<>();
        List<List<String>> rows = new ArrayList<>();
        for (List<String> flight : input.subList(1, input.size())) {
            long[] sums = running.computeIfAbsent(flight.get(carrier), unknown -> new long[2]);
            sums[0]++;
            sums[1] += Long.parseLong(flight.get(distance));
            rows.add(List.of(flight.get(carrier), Long.toString(sums[0]), Long.toString(sums[1])));
        }
        return rows;
    }

    private static void assertNoneDoubled(List<List<String>> rows, String when) {
        assertThat(rows).as("committed rows %s", when).doesNotHaveDuplicates();
    }
}
