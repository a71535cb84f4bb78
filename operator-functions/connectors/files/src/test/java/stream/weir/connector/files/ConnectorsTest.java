package stream.weir.connector.files;

import static org.assertj.core.api.Assertions.assertThat;
import static stream.weir.connector.files.FileSourceIT.rows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import stream.weir.api.codec.Schema;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.api.connector.Options;
import stream.weir.api.connector.SinkConnector;
import stream.weir.api.connector.SourceConnector;
import stream.weir.api.row.RowType;

class ConnectorsTest {
    private static final RowType ROWS = rows("id", Primitive.INT64);

    @Test
    void when_connectors_are_looked_up_then_file_is_among_them() {
        assertThat(ServiceLoader.load(SourceConnector.class))
                .extracting(SourceConnector::type)
                .contains("file");
        assertThat(ServiceLoader.load(SinkConnector.class))
                .extracting(SinkConnector::type)
                .contains("file");
    }

    @Test
    void when_source_options_are_right_then_there_is_no_problem() {
        assertThat(problems(Map.of("schema", ROWS))).isEmpty();
        assertThat(problems(Map.of("schema", ROWS, "delimiter", "\\t"))).isEmpty();
        assertThat(problems(Map.of("schema", ROWS, "header", false, "columns", List.of("x", "id"))))
                .isEmpty();
        assertThat(problems(Map.of("schema", ROWS, "format", "jsonl"))).isEmpty();
        assertThat(problems(Map.of("format", "text"))).isEmpty();
    }

    @Test
    void when_source_options_do_not_go_together_then_each_problem_is_told() {
        problem(Map.of(), "The format csv needs a schema");
        problem(Map.of("format", "text", "schema", ROWS), "Text has one field, line");
        problem(Map.of("format", "jsonl", "schema", ROWS, "nullValues", List.of()), "are for csv only");
        problem(Map.of("schema", ROWS, "columns", List.of("id")), "set header: false");
        problem(Map.of("schema", ROWS, "header", false, "columns", List.of("x")), "a field \"id\"");
        problem(Map.of("schema", ROWS, "delimiter", ";;"), "the delimiter must be one character");
        problem(Map.of("schema", ROWS, "delimiter", "\""), "the delimiter must be one ASCII character");
        problem(Map.of("schema", ROWS, "maxLineLength", 1L), "maxLineLength is 1 bytes");
        problem(Map.of("schema", ROWS, "discoveryInterval", Duration.ZERO), "discoveryInterval must be longer");
        problem(Map.of("schema", rows("d", Primitive.DATE)), "field d cannot be DATE here");
        problem(Map.of("schema", rows("l", new Schema.ListOf(Primitive.UUID))), "field l[] cannot be UUID here");
    }

    @Test
    void when_sink_options_are_wrong_then_each_problem_is_told() {
        SinkConnector sink = new FileSinkConnector();

        assertThat(sink.problems(new Options(Map.of("format", "csv", "maxFileSize", 0L)), new RowType(List.of())))
                .hasSize(2);
        assertThat(sink.problems(new Options(Map.of("format", "csv")), ROWS)).isEmpty();
    }

    private static void problem(Map<String, Object> given, String problem) {
        assertThat(problems(given)).hasSize(1).first().asString().contains(problem);
    }

    private static List<String> problems(Map<String, Object> given) {
        Map<String, Object> values = new HashMap<>(Map.of("remember", Duration.ofDays(7)));
        values.putAll(Map.of(
                "path",
                Path.of("in"),
                "format",
                "csv",
                "compression",
                "auto",
                "maxLineLength",
                1L << 20,
                "delimiter",
                ",",
                "header",
                true,
                "watch",
                false,
                "discoveryInterval",
                Duration.ofSeconds(10),
                "timeOrdered",
                false));
        values.putAll(given);
        return new FileSourceConnector().problems(new Options(values));
    }
}
