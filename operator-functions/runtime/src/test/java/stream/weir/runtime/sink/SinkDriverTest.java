package stream.weir.runtime.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import stream.weir.api.codec.Bytes;
import stream.weir.api.sink.SinkWriter;
import stream.weir.protocol.checkpoint.OperatorState;
import stream.weir.protocol.checkpoint.StoredObject;

class SinkDriverTest {
    private final List<String> stored = new ArrayList<>();
    private final Recorder writer = new Recorder();
    private final SinkDriver sink = SinkDriver.over(writer, this::store);

    @Test
    void when_a_checkpoint_completes_then_its_rows_are_committed_and_no_later_ones() throws Exception {
        // given
        writeAndPrepare("a", 1).durable();
        writeAndPrepare("b", 2).durable();

        // when
        sink.commit(1);

        // then
        assertThat(writer.committed).containsExactly("a");
    }

    @Test
    void when_a_checkpoint_never_completes_then_the_next_one_names_and_commits_its_rows() throws Exception {
        // given
        writeAndPrepare("a", 1).durable();

        // when
        List<OperatorState> second = writeAndPrepare("b", 2).durable();
        sink.commit(2);

        // then
        assertThat(texts(second)).containsExactly("a", "b");
        assertThat(writer.committed).containsExactly("a", "b");
    }

    @Test
    void when_rows_are_committed_then_later_snapshots_do_not_name_them() throws Exception {
        // given
        writeAndPrepare("a", 1).durable();
        sink.commit(1);

        // when, then
        assertThat(texts(writeAndPrepare("b", 2).durable())).containsExactly("b");
    }

    @Test
    void when_two_snapshots_want_the_same_rows_durable_then_that_happens_once() throws Exception {
        // given
        SinkDriver.Transactions first = writeAndPrepare("a", 1);
        SinkDriver.Transactions second = writeAndPrepare("b", 2);

        // when
        second.durable();
        first.durable();

        // then
        assertThat(writer.madeDurable).containsExactly("a", "b");
    }

    @Test
    void when_rows_cannot_be_made_durable_then_every_snapshot_that_needs_them_fails() throws Exception {
        // given
        writer.failing = true;
        SinkDriver.Transactions transactions = writeAndPrepare("a", 7);

        // when, then
        assertThatThrownBy(transactions::durable)
                .isInstanceOf(SinkException.class)
                .hasMessageContaining("checkpoint 7")
                .hasRootCauseMessage("disk full");
        writer.failing = false;
        assertThatThrownBy(() -> writeAndPrepare("b", 8).durable()).isInstanceOf(SinkException.class);
    }

    @Test
    void when_a_writer_cannot_close_off_its_rows_then_the_sink_has_failed() {
        // given
        writer.away = true;

        // when, then
        assertThatThrownBy(() -> writeAndPrepare("a", 7))
                .isInstanceOf(SinkException.class)
                .hasMessageContaining("checkpoint 7")
                .hasRootCauseMessage("target away");
    }

    private SinkDriver.Transactions writeAndPrepare(String row, long checkpoint) throws Exception {
        sink.write(row, 0);
        return sink.prepare(checkpoint, Long.MIN_VALUE);
    }

    @Test
    void when_rows_are_in_files_then_snapshots_keep_the_files_until_the_rows_are_committed() throws Exception {
        // given
        writer.files = List.of(Path.of("rows-1"));
        writeAndPrepare("a", 1).durable();
        writer.files = List.of(Path.of("rows-2"));

        // when
        List<OperatorState> second = writeAndPrepare("b", 2).durable();
        sink.commit(2);
        writer.files = List.of();
        List<OperatorState> third = writeAndPrepare("c", 3).durable();

        // then
        assertThat(second.stream().flatMap(OperatorState::objects))
                .containsExactly(new StoredObject("files/rows-1", 6, 7), new StoredObject("files/rows-2", 6, 7));
        assertThat(third.stream().flatMap(OperatorState::objects)).isEmpty();
        assertThat(stored).containsExactly("rows-1", "rows-2");
    }

    private StoredObject store(Path file) {
        stored.add(file.toString());
        return new StoredObject("files/" + file, 6, 7);
    }

    private static List<String> texts(List<OperatorState> states) {
        return states.getFirst().entries().stream()
                .map(entry -> new String(entry.value(), StandardCharsets.UTF_8))
                .toList();
    }

    /** A transaction is the text of its rows. */
    private static final class Recorder implements SinkWriter<String> {
        private final List<String> committed = new ArrayList<>();
        private final List<String> madeDurable = new ArrayList<>();
        private final StringBuilder open = new StringBuilder();
        private List<Path> files = List.of();
        private boolean failing;
        private boolean away;

        @Override
        public void write(String value, long timestamp) {
            open.append(value);
        }

        @Override
        public Prepared prepare(long checkpoint) {
            if (away) {
                throw new IllegalStateException("target away");
            }
            String rows = open.toString();
            open.setLength(0);
            List<Path> withFiles = files;
            return new Prepared() {
                @Override
                public List<Bytes> makeDurable() throws IOException {
                    if (failing) {
                        throw new IOException("disk full");
                    }
                    madeDurable.add(rows);
                    return List.of(Bytes.of(rows.getBytes(StandardCharsets.UTF_8)));
                }

                @Override
                public List<Path> files() {
                    return withFiles;
                }
            };
        }

        @Override
        public void commit(Bytes transaction) {
            committed.add(new String(transaction.toByteArray(), StandardCharsets.UTF_8));
        }
    }
}
