package stream.weir.verification.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A pipeline whose output is known: each key's rows are a running count and sum of the numbers that have it, so that a row that is
 * lost, doubled or out of order shows.
 */
final class SumsJob {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final Path folder;
    private final Settings settings;

    private SumsJob(Path folder, Settings settings) {
        this.folder = folder;
        this.settings = settings;
    }

    /**
     * @param records numbers that are read; {@link #ENDLESS} for more than any test reads
     * @param perSecond so that it lasts
     * @param keys how many sums there are: with thousands of them state is in files of its own, not within manifests
     * @param checkpoint what is set of checkpoints, in YAML's flow style
     */
    record Settings(int records, int perSecond, int keys, String checkpoint, Snapshots snapshots) {
        static final int ENDLESS = 100_000_000;

        static Settings of(int records, int perSecond) {
            return new Settings(records, perSecond, 7, "interval: 300ms", Snapshots.folder());
        }

        static Settings endless() {
            return of(ENDLESS, 2_000);
        }

        Settings withKeys(int count) {
            return new Settings(records, perSecond, count, checkpoint, snapshots);
        }

        Settings withCheckpoint(String options) {
            return new Settings(records, perSecond, keys, options, snapshots);
        }

        Settings withSnapshots(Snapshots place) {
            return new Settings(records, perSecond, keys, checkpoint, place);
        }
    }

    /** Writes the pipeline file. */
    static SumsJob write(Path folder, int records, int perSecond) throws IOException {
        return write(folder, Settings.of(records, perSecond));
    }

    static SumsJob write(Path folder, Settings settings) throws IOException {
        Files.writeString(folder.resolve("pipeline.yaml"), """
                apiVersion: weir.stream/v1alpha1
                kind: StreamPipeline
                metadata: {name: sums}
                spec:
                  checkpoint: {tolerableFailures: -1, %s, snapshots: %s}
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
                        - filter: n >= 0
                        - aggregate: {fields: {count: {count: "*"}, sum: {sum: n}}}
                    - name: report
                      inputs: [{from: sums}]
                      sink:
                        file: {path: out, format: csv}
                """.formatted(
                        settings.checkpoint(),
                        settings.snapshots().yaml(),
                        settings.records(),
                        settings.perSecond(),
                        settings.keys()));
        return new SumsJob(folder, settings);
    }

    /** Another file of the same job, with one stage changed so that its output is the same. */
    Path changed() throws IOException {
        String text = Files.readString(folder.resolve("pipeline.yaml"));
        return Files.writeString(folder.resolve("changed.yaml"), text.replace("n >= 0", "n >= -1"));
    }

    /** Another file of the same job, whose state is not what it was: of one type and one name. */
    Path incompatible() throws IOException {
        String text = Files.readString(folder.resolve("pipeline.yaml"));
        return Files.writeString(
                folder.resolve("incompatible.yaml"), text.replace("sum: {sum: n}", "sum: {avg: n}, first: {min: n}"));
    }

    /** The job's processes; none is started. */
    Services services(int coordinators) throws IOException {
        return services(coordinators, Map.of());
    }

    /** @param environment of all processes, in addition */
    Services services(int coordinators, Map<String, String> environment) throws IOException {
        Map<String, String> all = new HashMap<>(settings.snapshots().environment());
        all.put("WEIR_RECOVERY_RESTART_DELAY", "50ms");
        all.putAll(environment);
        Services services = new Services(folder.resolve("pipeline.yaml"), folder, all);
        services.reserve(coordinators);
        return services;
    }

    /** With all processes started, and all replicas at work. */
    Services running(int coordinators, Map<String, String> environment) throws IOException, InterruptedException {
        Services services = services(coordinators, environment);
        for (int i = 0; i < coordinators; i++) {
            services.startCoordinator(i);
        }
        startStages(services);
        services.awaitPhase("RUNNING");
        services.awaitProgress();
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

    /** Where snapshots are that go to a folder. */
    Path snapshots() {
        return folder.resolve("checkpoints/sums");
    }

    /** All numbers were read, and the output of each is there once. */
    void assertExact() throws IOException {
        assertThat(assertExactSoFar()).isEqualTo(settings.records());
    }

    /**
     * The output is that of the first numbers, as many as there are rows: as checkpoints are consistent cuts, and numbers are
     * read in order, this holds whenever the job stands still.
     *
     * @return how many there are
     */
    int assertExactSoFar() throws IOException {
        List<String> found = committed();
        assertThat(found).isEqualTo(expected(found.size()));
        return found.size();
    }

    /** Rows of the first numbers, sorted. */
    private List<String> expected(int numbers) {
        List<String> expected = new ArrayList<>(numbers);
        long[][] running = new long[settings.keys()][2];
        for (long n = 0; n < numbers; n++) {
            int key = (int) (n % settings.keys());
            running[key][0]++;
            running[key][1] += n;
            expected.add(key + "," + running[key][0] + "," + running[key][1]);
        }
        Collections.sort(expected);
        return expected;
    }

    /** Waits until there is more output than now, and all that there is, is as it has to be; for a job that runs. */
    void awaitExact(String when) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        int before = committed().size();
        // Files of one checkpoint appear one after the other: some looks may fall in between.
        while (System.nanoTime() < end) {
            List<String> found = committed();
            if (found.size() > before && found.equals(expected(found.size()))) {
                return;
            }
            Thread.sleep(LOOK_EVERY);
        }
        List<String> found = committed();
        assertThat(found).as(when).isEqualTo(expected(found.size()));
        throw new AssertionError(when + ": no more output than " + before + " rows within " + PATIENCE);
    }

    /** Stops the job with a last checkpoint, and holds what it has written against what it has read. */
    void stopAndAssertExact(Services services) throws IOException, InterruptedException {
        services.post("/api/v1/stop", "{}");
        services.awaitPhase("STOPPED");
        assertThat(assertExactSoFar()).isPositive();
    }

    /** No row is there twice, whatever is missing yet. */
    void assertNoneDoubled(String when) throws IOException {
        assertThat(committed()).as(when).doesNotHaveDuplicates();
    }

    /** Sorted. */
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
        Collections.sort(rows);
        return rows;
    }
}
