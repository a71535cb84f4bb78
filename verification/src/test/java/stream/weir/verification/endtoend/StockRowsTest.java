package stream.weir.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stream.weir.definition.PipelineFile;
import stream.weir.definition.PipelineFile.Rejected;

/** What is said of the rows of a stock source without its connector is what the connector says. */
final class StockRowsTest {
    /** The problem of the last stage spells the fields of the source. */
    private static final String FILE = """
            apiVersion: weir.stream/v1alpha1
            kind: StreamPipeline
            metadata: {name: rows}
            spec:
              checkpoint: {snapshots: {uri: "file:snapshots"}}
              stages:
                - name: in
                  source: {%s}
                - name: other
                  inputs: [{from: in}]
                  steps: [{map: {unlike: "1"}}]
                - name: both
                  inputs: [{from: in}, {from: other}]
                  sink: {stdout: {}}
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file: {path: a.csv, schema: {id: int, at: timestamp, tags: list(string), in: {price: double}}}",
                "file: {path: a.jsonl, format: jsonl, schema: {b: bool, raw: bytes}}",
                "file: {path: a.txt, format: text}",
                "s3: {uri: 's3://bucket/in', schema: {id: int}}",
                "s3: {uri: 's3://bucket/in', format: csv, schema: {id: int}}",
                "s3: {uri: 's3://bucket/in', format: text}",
                "s3: {uri: 's3://bucket/in', format: parquet, schema: {id: int}}",
                "http: {port: 8080, schema: {id: int}}",
                "http: {port: 8080, format: text}",
                "kafka: {brokers: 'a:9092', topic: t, schema: {id: int}}",
                "kafka: {brokers: 'a:9092', topic: t, format: csv, schema: {id: int}, metadata: {k: key, o: offset}}",
                "kafka: {brokers: 'a:9092', topic: t, format: text, metadata: {p: partition, b: keyBytes}}",
                "kafka: {brokers: 'a:9092', topic: t, format: bytes, metadata: {t: topic, at: timestamp}}",
                "generator: {fields: {a: {sequence: 0}, b: {sequence: {from: 1}}, c: {random: 5}, d: {random: [1, 5]}}}",
                "generator: {fields: {a: {randomDouble: [0, 1]}, b: {randomBool: 0.5}, c: {randomText: 3}}}",
                "generator: {fields: {a: {randomBytes: 3}, b: {oneOf: [a, b]}, c: {oneOf: [1, 2]}, d: {oneOf: [1, 2.5]}}}",
                "generator: {fields: {a: {constant: true}, b: {sequence: 0, prefix: u-}, c: {constant: x, nulls: 0.5}}}",
                "generator: {fields: {a: {time: {start: '2024-01-01T00:00:00Z', step: 1s}}}}"
            })
    void when_rows_are_told_by_options_alone_then_they_are_those_of_the_connector(String source) throws IOException {
        // given
        String text = FILE.formatted(source);
        Path file = Files.writeString(folder.resolve("pipeline.yaml"), text);
        // when
        List<String> told = problems(PipelineFile.checkedOutline(text, folder));
        // then
        assertThat(told).singleElement().asString().contains("flow together", "unlike: int");
        assertThat(told).isEqualTo(problems(PipelineFile.load(file, StockRowsTest.class.getClassLoader())));
    }

    private static List<String> problems(Object result) {
        return result instanceof Rejected rejected
                ? rejected.format("file").lines().toList()
                : List.of();
    }
}
