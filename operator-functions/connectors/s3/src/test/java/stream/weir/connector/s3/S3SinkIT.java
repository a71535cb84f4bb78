package stream.weir.connector.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static stream.weir.connector.s3.TestRows.ROWS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.Schema;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.api.sink.SinkContext;
import stream.weir.api.sink.SinkWriter;
import stream.weir.connector.format.input.InputSettings;
import stream.weir.connector.s3.SinkSettings.OutputFormat;
import stream.weir.connector.s3.parquet.ParquetFormat;

/** Objects of a real server as sink, through both clients. */
@ParameterizedClass
@ValueSource(strings = {"aws", "minio"})
class S3SinkIT {
    private static final long NO_LIMIT = 1 << 30;

    @Parameter
    private String client = "";

    @TempDir
    private Path folder;

    private TestBucket bucket;

    @BeforeEach
    void create() throws IOException {
        bucket = TestBucket.create(client, folder);
    }

    @AfterEach
    void close() {
        bucket.close();
    }

    private record Context(
            String pipeline, String stage, int replica, int replicas, long run, List<Bytes> restored, Path folder)
            implements SinkContext {}

    private SinkSettings settings(String prefix, OutputFormat format, RowType rows, long maxFileSize)
            throws IOException {
        return new SinkSettings(
                bucket.at(prefix), format, format == OutputFormat.PARQUET ? "zstd" : "none", rows, maxFileSize);
    }

    private SinkWriter<Row> open(SinkSettings settings, String pipeline, int replica, long run, List<Bytes> restored)
            throws Exception {
        Path local = Files.createTempDirectory(folder, "replica");
        return new S3Sink(settings).open(new Context(pipeline, "report", replica, 2, run, restored, local));
    }

    private SinkWriter<Row> open(int replica, long run, List<Bytes> restored) throws Exception {
        return open(settings("out", OutputFormat.CSV, ROWS, NO_LIMIT), "orders", replica, run, restored);
    }

    private static void write(SinkWriter<Row> writer, long... ids) throws Exception {
        for (long id : ids) {
            writer.write(TestRows.row(id, "t" + id), 0);
        }
    }

    private static List<Bytes> durable(SinkWriter<Row> writer, long checkpoint) throws Exception {
        return writer.prepare(checkpoint).makeDurable();
    }

    /** Lines of committed objects, without headers. */
    private List<String> committed(String prefix) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String key : bucket.keys(prefix + "/")) {
            if (!key.startsWith(prefix + "/_")) {
                List<String> all = Arrays.asList(new String(bucket.get(key)).split("\n"));
                lines.addAll(all.subList(1, all.size()));
            }
        }
        return lines;
    }

    @Test
    void when_committed_then_rows_are_visible_and_not_before() throws Exception {
        // given
        SinkWriter<Row> writer = open(0, 1, List.of());

        // when
        write(writer, 1, 2);
        List<Bytes> transactions = durable(writer, 7);
        write(writer, 3);

        // then
        assertThat(bucket.keys("out/")).containsExactly("out/_pending/report-1-0-0.csv", "out/_weir-owner");
        writer.commit(transactions.getFirst());
        assertThat(bucket.keys("out/")).containsExactly("out/_weir-owner", "out/report-0000000007-1-0-0.csv");
        assertThat(bucket.get("out/report-0000000007-1-0-0.csv")).asString().isEqualTo("id,text\n1,t1\n2,t2\n");
    }

    @Test
    void when_nothing_was_written_then_there_is_no_transaction() throws Exception {
        assertThat(durable(open(0, 1, List.of()), 7)).isEmpty();
        assertThat(bucket.keys("out/_pending")).isEmpty();
    }

    @Test
    void when_committed_again_by_any_replica_then_nothing_changes() throws Exception {
        // given
        SinkWriter<Row> writer = open(0, 1, List.of());
        write(writer, 1);
        Bytes transaction = durable(writer, 1).getFirst();
        writer.commit(transaction);

        // when
        writer.commit(transaction);
        open(1, 2, List.of(transaction)).commit(transaction);

        // then
        assertThat(committed("out")).containsExactly("1,t1");
    }

    @Test
    void when_opened_then_unneeded_objects_of_earlier_runs_go_and_no_others() throws Exception {
        // given
        SinkWriter<Row> first = open(0, 1, List.of());
        SinkWriter<Row> second = open(1, 1, List.of());
        write(first, 1);
        write(second, 2);
        Bytes needed = durable(first, 1).getFirst();
        durable(second, 1);
        SinkWriter<Row> neighbour = open(1, 2, List.of(needed));
        write(neighbour, 4);
        durable(neighbour, 2);

        // when
        SinkWriter<Row> restored = open(0, 2, List.of(needed));

        // then
        assertThat(bucket.keys("out/_pending/"))
                .containsExactly("out/_pending/report-1-0-0.csv", "out/_pending/report-2-1-0.csv");
        restored.commit(needed);
        assertThat(committed("out")).containsExactly("1,t1");
    }

    @Test
    void when_data_of_a_checkpoint_is_missing_then_commit_names_it() throws Exception {
        // given
        SinkWriter<Row> writer = open(0, 1, List.of());
        write(writer, 1);
        Bytes transaction = durable(writer, 42).getFirst();

        // when
        bucket.delete("out/_pending/report-1-0-0.csv");

        // then
        assertThatThrownBy(() -> writer.commit(transaction))
                .isInstanceOf(UnwritableBucketException.class)
                .hasMessageContaining("checkpoint 42")
                .hasMessageContaining("its data is missing");
    }

    @Test
    void when_pipeline_starts_anew_over_old_output_then_nothing_is_overwritten() throws Exception {
        // given
        SinkWriter<Row> old = open(0, 1, List.of());
        write(old, 1);
        old.commit(durable(old, 1).getFirst());

        // when
        SinkWriter<Row> fresh = open(0, 1, List.of());
        write(fresh, 2);
        fresh.commit(durable(fresh, 1).getFirst());

        // then
        assertThat(committed("out")).containsExactlyInAnyOrder("1,t1", "2,t2");
        assertThat(new S3Sink(settings("out", OutputFormat.CSV, ROWS, NO_LIMIT)).leftBefore())
                .hasValue("2 objects in " + bucket.uri("out"));
    }

    @Test
    void when_size_is_limited_then_a_checkpoint_has_several_objects() throws Exception {
        // given
        SinkWriter<Row> writer = open(settings("out", OutputFormat.CSV, ROWS, 20), "orders", 0, 1, List.of());

        // when
        write(writer, 1, 2, 3, 4, 5);
        List<Bytes> transactions = durable(writer, 1);
        for (Bytes transaction : transactions) {
            writer.commit(transaction);
        }

        // then
        assertThat(transactions).hasSize(2);
        assertThat(committed("out")).containsExactly("1,t1", "2,t2", "3,t3", "4,t4", "5,t5");
    }

    @Test
    void when_an_object_needs_parts_then_it_arrives_whole() throws Exception {
        // given
        SinkWriter<Row> writer = open(0, 1, List.of());
        String text = "x".repeat(1000);
        for (long id = 0; id < 20_000; id++) {
            writer.write(TestRows.row(id, text), 0);
        }

        // when
        writer.commit(durable(writer, 1).getFirst());

        // then
        assertThat(committed("out")).hasSize(20_000).startsWith("0," + text).endsWith("19999," + text);
    }

    @Test
    void when_prefix_is_another_pipelines_then_opening_names_it() throws Exception {
        // given
        open(0, 1, List.of()).close();

        // then
        assertThatThrownBy(() -> open(settings("out", OutputFormat.CSV, ROWS, NO_LIMIT), "bills", 0, 1, List.of()))
                .isInstanceOf(UnwritableBucketException.class)
                .hasMessageContaining("for the stage report of the pipeline bills")
                .hasMessageContaining("belongs to the stage report of the pipeline orders");
        open(1, 1, List.of()).close();
    }

    @Test
    void when_rows_of_all_types_are_parquet_then_they_are_read_back() throws Exception {
        // given
        RowType inner = new RowType(List.of(new RowType.Column("x", Primitive.DOUBLE)));
        RowType rows = new RowType(List.of(
                new RowType.Column("s", Primitive.STRING),
                new RowType.Column("i", Primitive.INT64),
                new RowType.Column("d", Primitive.DOUBLE),
                new RowType.Column("b", Primitive.BOOL),
                new RowType.Column("t", Primitive.TIMESTAMP),
                new RowType.Column("y", Primitive.BYTES),
                new RowType.Column("l", new Schema.ListOf(new Schema.Nullable(Primitive.INT64))),
                new RowType.Column("m", new Schema.MapOf(Primitive.STRING, new Schema.Nullable(Primitive.BOOL))),
                new RowType.Column("r", inner.schema())));
        List<Row> written = List.of(
                Row.of(
                        rows,
                        "é",
                        Long.MIN_VALUE,
                        0.1,
                        true,
                        Instant.parse("1969-12-31T23:59:59.123456Z"),
                        Bytes.of(new byte[] {0, -1}),
                        Arrays.asList(1L, null, 3L),
                        Map.of("a", false),
                        Row.of(inner, 2.5)),
                Row.of(rows, null, null, null, null, null, null, null, null, null),
                Row.of(
                        rows,
                        "",
                        0L,
                        Double.NaN,
                        false,
                        Instant.EPOCH,
                        Bytes.of(new byte[0]),
                        List.of(),
                        Map.of(),
                        Row.of(inner, (Object) null)));
        SinkWriter<Row> writer = open(settings("out", OutputFormat.PARQUET, rows, NO_LIMIT), "orders", 0, 1, List.of());

        // when
        for (Row row : written) {
            writer.write(row, 0);
        }
        writer.commit(durable(writer, 1).getFirst());

        // then
        Reading read = Reading.of(new S3Source(
                        bucket.root(),
                        Prefix.of(bucket.uri("out"), Optional.empty()),
                        rows,
                        new ParquetFormat(rows),
                        InputSettings.ONCE))
                .all();
        assertThat(read.rows).containsExactlyElementsOf(written);
    }

    /**
     * Two replicas write, crash at every step and go back to the last complete checkpoint; the readers' view is checked after
     * each step.
     */
    @Test
    void when_crashed_at_any_step_then_readers_see_each_committed_row_once_and_no_other() throws Exception {
        for (int seed = 0; seed < 4; seed++) {
            new Crashes("seed" + seed, new Random(seed)).run();
        }
    }

    /** What the runtime does with sinks, with crashes in between. */
    private final class Crashes {
        private final String output;
        private final Random random;
        /** Rows of complete checkpoints. */
        private final List<String> complete = new ArrayList<>();
        /** Rows written since the last barrier, by replica. */
        private final List<List<String>> open = List.of(new ArrayList<>(), new ArrayList<>());

        private List<SinkWriter<Row>> writers = List.of();
        private List<Bytes> restored = List.of();
        private long checkpoint;
        private long nextId = 100;

        Crashes(String output, Random random) {
            this.output = output;
            this.random = random;
        }

        void run() throws Exception {
            for (long run = 1; run <= 6; run++) {
                start(run);
                while (checkpoint()) {}
                for (SinkWriter<Row> writer : writers) {
                    writer.close();
                }
            }
        }

        private void start(long run) throws Exception {
            writers = new ArrayList<>();
            for (int replica = 0; replica < 2; replica++) {
                open.get(replica).clear();
                writers.add(S3SinkIT.this.open(
                        settings(output, OutputFormat.CSV, ROWS, 60), "orders", replica, run, restored));
            }
            for (Bytes transaction : restored) {
                writers.get(random.nextInt(2)).commit(transaction);
            }
            assertThat(committed(output)).containsExactlyInAnyOrderElementsOf(complete);
        }

        /** @return false after a crash */
        private boolean checkpoint() throws Exception {
            long id = ++checkpoint;
            List<String> covered = new ArrayList<>();
            List<SinkWriter.Prepared> prepared = new ArrayList<>();
            for (int replica = 0; replica < 2; replica++) {
                writeSome(replica);
                if (crashes()) {
                    return false;
                }
                prepared.add(writers.get(replica).prepare(id));
                covered.addAll(open.get(replica));
                open.get(replica).clear();
                writeSome(replica);
            }
            List<Bytes> transactions = new ArrayList<>();
            for (SinkWriter.Prepared one : prepared) {
                if (crashes()) {
                    return false;
                }
                transactions.addAll(one.makeDurable());
            }
            assertThat(committed(output)).containsExactlyInAnyOrderElementsOf(complete);
            if (crashes()) {
                return false;
            }
            complete.addAll(covered);
            restored = transactions;
            for (Bytes transaction : transactions) {
                if (crashes()) {
                    if (random.nextBoolean()) {
                        copyOnly(Transaction.decode(transaction));
                    }
                    return false;
                }
                writers.get(random.nextInt(2)).commit(transaction);
            }
            assertThat(committed(output)).containsExactlyInAnyOrderElementsOf(complete);
            return true;
        }

        /** A crash between the two steps of a commit. */
        private void copyOnly(Transaction transaction) throws IOException {
            bucket.put(output + "/" + transaction.committed(), bucket.get(output + "/" + transaction.pending()));
        }

        private boolean crashes() {
            return random.nextInt(12) == 0;
        }

        private void writeSome(int replica) throws Exception {
            for (int i = random.nextInt(20); i > 0; i--) {
                long id = nextId++;
                write(writers.get(replica), id);
                open.get(replica).add(id + ",t" + id);
            }
        }
    }
}
