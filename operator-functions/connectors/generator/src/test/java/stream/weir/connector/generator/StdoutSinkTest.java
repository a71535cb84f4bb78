package stream.weir.connector.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.api.connector.Options;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.api.sink.Sink;
import stream.weir.api.sink.SinkContext;
import stream.weir.api.sink.SinkWriter;

class StdoutSinkTest {
    private static final RowType ROWS = new RowType(List.of(new RowType.Column("id", Primitive.INT64)));

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private record Context(String pipeline, String stage, int replica, int replicas, long run, List<Bytes> restored)
            implements SinkContext {}

    private Sink<Row> sink(String format, boolean committed, long held) {
        return new StdoutSinkConnector(new PrintStream(printed, true, StandardCharsets.UTF_8))
                .create(new Options(Map.of("format", format, "committed", committed, "maxUncommitted", held)), ROWS);
    }

    private static SinkWriter<Row> open(Sink<Row> sink, int replica, long run) throws Exception {
        return sink.open(new Context("p", "show", replica, 2, run, List.of()));
    }

    @Test
    void when_committed_then_rows_are_printed_once_and_not_before() throws Exception {
        // given
        SinkWriter<Row> writer = open(sink("jsonl", true, 1000), 0, 1);
        writer.write(Row.of(ROWS, 1L), 0);
        List<Bytes> transactions = writer.prepare(1).makeDurable();
        writer.write(Row.of(ROWS, 2L), 0);
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();

        // when
        writer.commit(transactions.getFirst());
        writer.commit(transactions.getFirst());

        // then
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo("{\"id\":1}\n");
    }

    @Test
    void when_an_earlier_run_prepared_a_transaction_then_it_is_not_printed_again() throws Exception {
        // given
        Sink<Row> sink = sink("jsonl", true, 1000);
        SinkWriter<Row> writer = open(sink, 0, 1);
        writer.write(Row.of(ROWS, 1L), 0);
        Bytes transaction = writer.prepare(1).makeDurable().getFirst();
        writer.commit(transaction);

        // when
        open(sink, 1, 2).commit(transaction);

        // then
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo("{\"id\":1}\n");
    }

    @Test
    void when_printing_at_once_then_rows_do_not_wait_and_the_header_comes_once() throws Exception {
        // given
        Sink<Row> sink = sink("csv", false, 1000);

        // when
        open(sink, 0, 1).write(Row.of(ROWS, 1L), 0);
        open(sink, 1, 1).write(Row.of(ROWS, 2L), 0);

        // then
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo("id\n1\n2\n");
    }

    @Test
    void when_too_many_rows_wait_then_the_error_names_the_option() throws Exception {
        // given
        SinkWriter<Row> writer = open(sink("jsonl", true, 20), 0, 1);
        writer.write(Row.of(ROWS, 1L), 0);
        writer.write(Row.of(ROWS, 2L), 0);

        // then
        assertThatThrownBy(() -> writer.write(Row.of(ROWS, 3L), 0))
                .hasMessageContaining("maxUncommitted (20)")
                .hasMessageContaining("stage show");
    }
}
