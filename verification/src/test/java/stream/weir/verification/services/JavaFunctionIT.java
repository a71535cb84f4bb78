package stream.weir.verification.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.verification.endtoend.WeirProcess;

/** The example project's jar, by the command and by services: what users build is all that is added. */
@Timeout(300)
class JavaFunctionIT {
    private static final Path JARS = Path.of(System.getProperty("weir.root", ".."))
            .toAbsolutePath()
            .normalize()
            .resolve("examples/java-function/target");

    @TempDir
    private Path folder;

    private Path pipeline;

    @BeforeEach
    void write() throws IOException {
        pipeline = Files.writeString(folder.resolve("pipeline.yaml"), """
                apiVersion: weir.stream/v1alpha1
                kind: StreamPipeline
                metadata: {name: streaks}
                spec:
                  checkpoint: {interval: 200ms, snapshots: {uri: "file:snapshots"}}
                  state: {backend: RocksDB, incremental: true}
                  stages:
                    - name: flights
                      source: {file: {path: flights.csv, format: csv, schema: {carrier: string, delay: double}}}
                    - name: streaks
                      inputs: [{from: flights, keyBy: [carrier]}]
                      steps: [{function: {name: streak, config: {field: delay, above: 60, length: 2}}}]
                      sink: {file: {path: out, format: csv}}
                """);
        Files.writeString(
                folder.resolve("flights.csv"),
                "carrier,delay\nAA,61\nUA,70\nAA,62\nUA,5\nUA,80\nAA,63\nUA,90\nAA,64\n");
    }

    @Test
    void when_the_command_is_given_the_jar_then_the_pipeline_runs() throws Exception {
        assumeBuilt(JARS);

        WeirProcess weir = WeirProcess.start(
                folder.resolve("log"), "run", "--jars", JARS.toString(), "--work-dir", work(), pipeline.toString());

        assertThat(weir.exitCode()).as(weir.output()).isZero();
        assertThat(rows()).containsExactlyInAnyOrder("AA,62.0,2", "UA,90.0,2", "AA,64.0,4");
    }

    @Test
    void when_services_are_given_the_jar_then_the_pipeline_runs() throws Exception {
        assumeBuilt(JARS);
        Optional<String> why = Services.whyNotAvailable();
        assumeTrue(why.isEmpty(), why.orElse(""));
        try (Services services = new Services(pipeline, folder, Map.of("WEIR_STAGE_FUNCTIONS", JARS.toString()))) {
            services.reserve(1);
            services.startCoordinator(0);
            // when
            services.startStage("flights", "flights");
            services.startStage("streaks", "streaks");
            services.awaitPhase("COMPLETED");
            // then
            assertThat(services.process("streaks").awaitExit(Duration.ofSeconds(30)))
                    .as(services.log("streaks"))
                    .isZero();
            assertThat(rows()).containsExactlyInAnyOrder("AA,62.0,2", "UA,90.0,2", "AA,64.0,4");
        }
    }

    private String work() {
        return folder.resolve("work").toString();
    }

    private static void assumeBuilt(Path jars) throws IOException {
        boolean built = Files.isDirectory(jars);
        if (built) {
            try (Stream<Path> found = Files.list(jars)) {
                built = found.anyMatch(file -> file.toString().endsWith(".jar"));
            }
        }
        assumeTrue(built, "the example is not built: run mvn package first (looked into " + jars + ")");
    }

    /** Without the headings. */
    private List<String> rows() throws IOException {
        List<String> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".csv")).toList()) {
                Files.readAllLines(file).stream().skip(1).forEach(rows::add);
            }
        }
        return rows;
    }
}
