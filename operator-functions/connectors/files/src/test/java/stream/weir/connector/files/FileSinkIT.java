package stream.weir.connector.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static stream.weir.connector.files.CommittedRows.committedFiles;
import static stream.weir.connector.files.CommittedRows.committedRows;
import static stream.weir.connector.files.CommittedRows.hiddenFiles;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.api.sink.SinkContext;
import stream.weir.api.sink.SinkWriter;
import stream.weir.connector.format.input.FileFormat;

class FileSinkIT {
    private static final RowType ROWS = FileSourceIT.rows("id", Primitive.INT64, "text", Primitive.STRING);

    @TempDir
    private Path folder;

    private record Context(String pipeline, String stage, int replica, int replicas, long run, List<Bytes> restored)
            implements SinkContext {}

    private SinkWriter<Row> open(int replica, long run, List<Bytes> restored) throws Exception {
        return FileSink.csv(folder, ROWS).open(new Context("orders", "report", replica, 2, run, restored));
    }

    private static void write(SinkWriter<Row> writer, long... ids) throws Exception {
        for (long id : ids) {
            writer.write(Row.of(ROWS, id, "t" + id), 0);
        }
    }

    private static List<Bytes> durable(SinkWriter<Row> writer, long checkpoint) throws Exception {
        return writer.prepare(checkpoint).makeDurable();
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
        assertThat(committedRows(folder)).isEmpty();
        writer.commit(transactions.getFirst());
        assertThat(committedRows(folder)).containsExactly("1,t1", "2,t2");
        assertThat(committedFiles(folder).getFirst().getFileName()).hasToString("report-0000000007-1-0-0.csv");
        assertThat(committedFiles(folder).getFirst()).hasContent("id,text\n1,t1\n2,t2");
    }

    @Test
    void when_nothing_was_written_then_there_is_no_transaction_and_no_file() throws Exception {
        // given
        SinkWriter<Row> writer = open(0, 1, List.of());

        // when
        List<Bytes> transactions = durable(writer, 7);

        // then
        assertThat(transactions).isEmpty();
        assertThat(hiddenFiles(folder)).isEmpty();
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
        assertThat(committedRows(folder)).containsExactly("1,t1");
    }

    @Test
    void when_opened_then_unneeded_files_of_earlier_runs_go_and_no_others() throws Exception {
        // given
        SinkWriter<Row> first = open(0, 1, List.of());
        SinkWriter<Row> second = open(1, 1, List.of());
        write(first, 1);
        write(second, 2);
        Bytes needed = durable(first, 1).getFirst();
        durable(second, 1);
        write(first, 3);
        SinkWriter<Row> neighbour = open(1, 2, List.of(needed));
        write(neighbour, 4);
        Files.writeString(folder.resolve(".weir-part.orders.other.1.0.0.csv"), "another stage's");

        // when
        SinkWriter<Row> restored = open(0, 2, List.of(needed));

        // then
        assertThat(hiddenFiles(folder))
                .containsExactly(
                        ".weir-part.orders.other.1.0.0.csv",
                        ".weir-part.orders.report.1.0.0.csv",
                        ".weir-part.orders.report.2.1.0.csv");
        restored.commit(needed);
        assertThat(committedRows(folder)).containsExactly("1,t1");
    }

    @Test
    void when_data_of_a_checkpoint_is_missing_then_commit_names_it() throws Exception {
        // given
        SinkWriter<Row> writer = open(0, 1, List.of());
        write(writer, 1);
        Bytes transaction = durable(writer, 42).getFirst();

        // when
        Files.delete(folder.resolve(hiddenFiles(folder).getFirst()));

        // then
        assertThatThrownBy(() -> writer.commit(transaction))
                .isInstanceOf(UnwritableFolderException.class)
                .hasMessageContaining("checkpoint 42")
                .hasMessageContaining("its data is missing");
    }

    @Test
    void when_data_is_damaged_then_commit_of_a_restored_transaction_refuses_it() throws Exception {
        // given
        SinkWriter<Row> writer = open(0, 1, List.of());
        write(writer, 1);
        Bytes transaction = durable(writer, 1).getFirst();
        Path hidden = folder.resolve(hiddenFiles(folder).getFirst());

        // when
        Files.writeString(hidden, "id,text\n2,t1\n");

        // then
        assertThatThrownBy(() -> open(0, 2, List.of(transaction)).commit(transaction))
                .hasMessageContaining("CRC32C of " + hidden);
        Files.writeString(hidden, "id,text\n");
        assertThatThrownBy(() -> writer.commit(transaction)).hasMessageContaining("is 8 bytes long instead of 13");
        assertThat(committedRows(folder)).isEmpty();
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
        assertThat(committedRows(folder)).containsExactly("1,t1", "2,t2");
    }

    @Test
    void when_size_is_limited_then_a_checkpoint_has_several_files() throws Exception {
        // given
        FileSink sink = new FileSink(new SinkSettings(folder, FileFormat.CSV, ROWS, OptionalLong.of(20)));
        SinkWriter<Row> writer = sink.open(new Context("orders", "report", 0, 1, 1, List.of()));

        // when
        write(writer, 1, 2, 3, 4, 5);
        List<Bytes> transactions = durable(writer, 1);
        for (Bytes transaction : transactions) {
            writer.commit(transaction);
        }

        // then
        assertThat(transactions).hasSize(2);
        assertThat(committedRows(folder)).containsExactly("1,t1", "2,t2", "3,t3", "4,t4", "5,t5");
    }

    @Test
    void when_folder_is_another_pipelines_then_opening_names_it() throws Exception {
        // given
        open(0, 1, List.of()).close();

        // then
        assertThatThrownBy(() -> FileSink.csv(folder, ROWS).open(new Context("bills", "out", 0, 1, 1, List.of())))
                .isInstanceOf(UnwritableFolderException.class)
                .hasMessageContaining("for the stage out of the pipeline bills")
                .hasMessageContaining("belongs to the stage report of the pipeline orders");
        open(1, 1, List.of()).close();
    }

    @Test
    void when_folder_is_a_file_then_opening_says_so() throws Exception {
        // given
        Path file = Files.createFile(folder.resolve("taken"));

        // then
        assertThatThrownBy(() -> FileSink.csv(file, ROWS).open(new Context("bills", "out", 0, 1, 1, List.of())))
                .hasMessageContaining(file + ": it is a file");
    }

    @Test
    void when_format_is_json_lines_then_rows_are_objects_and_there_is_no_header() throws Exception {
        // given
        SinkWriter<Row> writer = FileSink.jsonl(folder, ROWS).open(new Context("orders", "report", 0, 1, 1, List.of()));

        // when
        writer.write(Row.of(ROWS, 1L, null), 0);
        writer.commit(durable(writer, 3).getFirst());

        // then
        assertThat(committedFiles(folder).getFirst()).hasFileName("report-0000000003-1-0-0.jsonl");
        assertThat(committedRows(folder)).containsExactly("{\"id\":1,\"text\":null}");
    }

    /**
     * Two replicas write, crash at every step and go back to the last complete checkpoint; the readers' view is checked after
     * each step.
     */
    @Test
    void when_crashed_at_any_step_then_readers_see_each_committed_row_once_and_no_other() throws Exception {
        for (int seed = 0; seed < 25; seed++) {
            Path output = folder.resolve("seed" + seed);
            new Crashes(output, new Random(seed)).run();
        }
    }

    /** What the runtime does with sinks, with crashes in between. */
    private static final class Crashes {
        private final Path output;
        private final Random random;
        /** Rows of complete checkpoints. */
        private final List<String> complete = new ArrayList<>();
        /** Rows written since the last barrier, by replica. */
        private final List<List<String>> open = List.of(new ArrayList<>(), new ArrayList<>());

        private List<SinkWriter<Row>> writers = List.of();
        private List<Bytes> restored = List.of();
        private long checkpoint;
        private long nextId = 100;

        Crashes(Path output, Random random) {
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
                writers.add(
                        FileSink.csv(output, ROWS).open(new Context("orders", "report", replica, 2, run, restored)));
            }
            for (Bytes transaction : restored) {
                writers.get(random.nextInt(2)).commit(transaction);
            }
            assertThat(committedRows(output)).containsExactlyInAnyOrderElementsOf(complete);
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
            List<String> before = committedRows(output);
            List<Bytes> transactions = new ArrayList<>();
            for (SinkWriter.Prepared one : prepared) {
                if (crashes()) {
                    return false;
                }
                transactions.addAll(one.makeDurable());
            }
            assertThat(committedRows(output)).isEqualTo(before);
            if (crashes()) {
                return false;
            }
            complete.addAll(covered);
            restored = transactions;
            return commit(transactions);
        }

        private boolean commit(List<Bytes> transactions) throws Exception {
            for (Bytes transaction : transactions) {
                if (crashes()) {
                    return false;
                }
                writers.get(random.nextInt(2)).commit(transaction);
                assertThat(complete).containsAll(committedRows(output));
            }
            assertThat(committedRows(output)).containsExactlyInAnyOrderElementsOf(complete);
            return !crashes();
        }

        private void writeSome(int replica) throws Exception {
            for (int i = random.nextInt(4); i > 0; i--) {
                FileSinkIT.write(writers.get(replica), nextId);
                open.get(replica).add(nextId + ",t" + nextId);
                nextId++;
            }
        }

        private boolean crashes() {
            return random.nextInt(20) == 0;
        }
    }
}
