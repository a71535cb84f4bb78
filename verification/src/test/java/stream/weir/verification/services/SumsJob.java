package stream.weir.verification.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A pipeline whose output is known: each key's rows are a running count and sum of the numbers that have it, so that a row that is
 * lost, doubled or out of order shows.
 */
final class SumsJob {
    private static final int KEYS = 7;

    private final Path folder;
    private final int records;

    private SumsJob(Path folder, int records) {
        this.folder = folder;
        this.records = records;
    }

    /**
     * Writes the pipeline file.
     *
     * @param perSecond so that it lasts
     */
    static SumsJob write(Path folder, int records, int perSecond) throws IOException {
        Files.writeString(folder.resolve("pipeline.yaml"), """
                apiVersion: weir.stream/v1alpha1
                kind: StreamPipeline
                metadata: {name: sums}
                spec:
                  checkpoint:
                    interval: 300ms
                    tolerableFailures: -1
                    snapshots: {uri: "file:checkpoints"}
                  state: {backend: RocksDB, incremental: true}
                  stages:
                    - name: numbers
                      source:
                        generator: {count: %d, splits: 1, fields: {n: {sequence: 0}}}
                        rate: %d
                      steps:
                        - map: {key: "n %% %d", n: n}
                    - name: sums
                      replicas: 2
                      inputs: [{from: numbers, keyBy: [key]}]
                      steps:
                        - aggregate: {fields: {count: {count: "*"}, sum: {sum: n}}}
                    - name: report
                      inputs: [{from: sums}]
                      sink:
                        file: {path: out, format: csv}
                """.formatted(records, perSecond, KEYS));
        return new SumsJob(folder, records);
    }

    /** The job's processes; none is started. */
    Services services(int coordinators) throws IOException {
        Services services =
                new Services(folder.resolve("pipeline.yaml"), folder, Map.of("WEIR_RECOVERY_RESTART_DELAY", "50ms"));
        services.reserve(coordinators);
        return services;
    }

    /** One process for each replica, named after what it is likely to be. */
    static void startStages(Services services) throws IOException {
        for (Map.Entry<String, String> process : stages().entrySet()) {
            services.startStage(process.getKey(), process.getValue());
        }
    }

    /** Names of the processes, and the stage of each. */
    static Map<String, String> stages() {
        return Map.of("numbers", "numbers", "sums-0", "sums", "sums-1", "sums", "report", "report");
    }

    void assertExact() throws IOException {
        List<String> expected = new ArrayList<>();
        long[][] running = new long[KEYS][2];
        for (long n = 0; n < records; n++) {
            int key = (int) (n % KEYS);
            running[key][0]++;
            running[key][1] += n;
            expected.add(key + "," + running[key][0] + "," + running[key][1]);
        }
        List<String> found = committed();
        Collections.sort(expected);
        Collections.sort(found);
        assertThat(found).isEqualTo(expected);
    }

    /** No row is there twice, whatever is missing yet. */
    void assertNoneDoubled(String when) throws IOException {
        assertThat(committed()).as(when).doesNotHaveDuplicates();
    }

    private List<String> committed() throws IOException {
        Path out = folder.resolve("out");
        List<String> rows = new ArrayList<>();
        if (!Files.exists(out)) {
            return rows;
        }
        try (Stream<Path> files = Files.list(out)) {
            for (Path each : files.filter(file -> !file.getFileName().toString().matches("[._].*"))
                    .toList()) {
                List<String> lines = Files.readAllLines(each);
                rows.addAll(lines.subList(1, lines.size()));
            }
        }
        return rows;
    }
}
