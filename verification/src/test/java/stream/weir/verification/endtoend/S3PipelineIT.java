package stream.weir.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stream.weir.testservers.MinioServer;

/** Checkpoints in a real S3 server, through each client; the process, and once the server, is killed in between. */
class S3PipelineIT {
    private static final Pattern STARTED = Pattern.compile("(starts from nothing|goes on from checkpoint)");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"aws", "minio"})
    void when_the_process_and_the_server_are_killed_then_the_committed_output_is_exact(String client) throws Exception {
        // given
        assumeTrue(MinioServer.whyNotAvailable().isEmpty(), () -> MinioServer.whyNotAvailable()
                .orElse(""));
        Path flights = Contract.data().resolve("flights.csv.gz");
        try (MinioServer server = MinioServer.start(folder.resolve("minio"))) {
            server.createBucket("weir");
            Path pipeline = pipeline(client, server, flights);
            Map<String, String> environment =
                    Map.of("AWS_ACCESS_KEY_ID", server.accessKey(), "AWS_SECRET_ACCESS_KEY", server.secretKey());

            // when
            WeirProcess first = start(pipeline, environment);
            first.awaitOutput(STARTED, 1);
            first.await(() -> committed() > 0);
            first.kill();
            WeirProcess second = start(pipeline, environment);
            second.awaitOutput(STARTED, 2);
            server.kill();
            server.restart();
            long before = committed();
            second.await(() -> committed() > before);
            boolean ended = second.endsWithin(Duration.ZERO);
            second.kill();
            WeirProcess last = start(pipeline, environment);

            // then
            assertThat(ended).as(second::output).isFalse();
            assertThat(last.exitCode()).as(last::output).isZero();
            assertThat(last.output()).contains("goes on from checkpoint", "has completed");
            List<List<String>> rows = Rows.committed(folder.resolve("out"));
            Rows.assertSame(rows, KillLoopIT.expected(flights));
        }
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

    private WeirProcess start(Path pipeline, Map<String, String> environment) throws IOException {
        String work = folder.resolve("work").toString();
        return WeirProcess.start(folder.resolve("log"), environment, "run", "--work-dir", work, pipeline.toString());
    }

    private Path pipeline(String client, MinioServer server, Path flights) throws IOException {
        Path file = folder.resolve("pipeline.yaml");
        Files.writeString(file, """
                apiVersion: weir.stream/v1alpha1
                kind: StreamPipeline
                metadata: {name: s3}
                spec:
                  checkpoint:
                    interval: 500ms
                    tolerableFailures: -1
                    snapshots: {uri: "s3://weir/some/prefix", client: %s, endpoint: "%s", pathStyle: true}
                  state: {backend: RocksDB, incremental: true}
                  stages:
                    - name: flights
                      source:
                        file:
                          path: %s
                          format: csv
                          nullValues: ["", "NA"]
                          schema: {carrier: string, distance: int}
                        rate: 20000
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
                """.formatted(client, server.endpoint(), flights));
        return file;
    }
}
