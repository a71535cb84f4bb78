package stream.weir.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.api.connector.Options;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.api.sink.SinkContext;
import stream.weir.api.sink.SinkWriter;
import stream.weir.api.source.SourceContext;
import stream.weir.api.source.SourceOutput;
import stream.weir.api.source.SourceReader;
import stream.weir.api.source.SourceReader.Status;

/** Both ends of a durable edge over a real broker. */
class EdgeIT {
    private static final RowType ROWS =
            new RowType(List.of(new RowType.Column("k", Primitive.STRING), new RowType.Column("n", Primitive.INT64)));
    private static final Executor BACKGROUND = Executors.newVirtualThreadPerTaskExecutor();

    @TempDir
    private Path folder;

    private static Options options(Topic topic) {
        return new Options(Map.of("brokers", topic.server().bootstrap(), "topic", topic.name(), "key", List.of("k")));
    }

    private static Row row(String key, long n) {
        return Row.of(ROWS, key, n);
    }

    @Test
    void when_rows_cross_then_times_keys_and_watermarks_do_and_nothing_before_the_commit() throws Exception {
        // given
        Topic topic = Topic.of(3);
        Upper upper = new Upper(topic, 1, 0, 1, List.of());
        try (Lower lower = new Lower(topic, Map.of())) {
            // when
            for (long n = 0; n < 100; n++) {
                upper.write(row("k" + n % 7, n), n * 10 - 500);
            }
            List<Bytes> transactions = upper.checkpoint(1, 400);
            lower.pollFor(20);

            // then
            assertThat(lower.rows).isEmpty();
            upper.commit(transactions);
            lower.pollUntil(100);
            assertThat(lower.rows).hasSize(100).contains("k3 3 -470", "k1 99 490");
            for (int key = 0; key < 7; key++) {
                assertThat(lower.of("k" + key)).isSorted();
            }
            lower.pollUntilWatermark(400);
        }
        upper.close();
    }

    @Test
    void when_the_lower_end_is_restored_then_rows_and_watermarks_go_on() throws Exception {
        // given
        Topic topic = Topic.of(2);
        Upper upper = new Upper(topic, 1, 0, 1, List.of());
        upper.write(row("a", 1), 1).write(row("b", 2), 2);
        upper.commit(upper.checkpoint(1, 2));
        Map<String, Bytes> positions;
        try (Lower lower = new Lower(topic, Map.of())) {
            lower.pollUntil(2);
            lower.pollUntilWatermark(2);
            positions = lower.positions();
        }

        // when
        upper.write(row("a", 3), 3);
        upper.commit(upper.checkpoint(2, 2));
        try (Lower lower = new Lower(topic, positions)) {
            lower.pollUntil(1);

            // then
            assertThat(lower.rows).containsExactly("a 3 3");
            assertThat(lower.watermark()).isEqualTo(2);
        }
        upper.close();
    }

    @Test
    void when_the_upper_end_goes_on_with_other_replicas_then_the_watermark_waits_for_all_of_them() throws Exception {
        // given
        Topic topic = Topic.of(2);
        Upper first = new Upper(topic, 1, 0, 1, List.of());
        first.write(row("a", 1), 10);
        List<Bytes> restored = first.checkpoint(1, 10);
        first.close();
        try (Lower lower = new Lower(topic, Map.of())) {
            // when
            Upper one = new Upper(topic, 2, 0, 2, restored);
            Upper two = new Upper(topic, 2, 1, 2, restored);
            one.write(row("a", 2), 20);
            one.commit(one.checkpoint(2, 20));
            lower.pollUntil(2);
            lower.pollFor(50);

            // then
            assertThat(lower.greatest).isEqualTo(10);
            two.commit(two.checkpoint(2, 15));
            lower.pollUntilWatermark(15);
            assertThat(lower.rows).containsExactly("a 1 10", "a 2 20");

            // and when
            one.commit(one.checkpoint(3, Long.MAX_VALUE));
            two.commit(two.checkpoint(3, Long.MAX_VALUE));

            // then
            while (lower.poll() != Status.END) {}
            one.close();
            two.close();
        }
    }

    @Test
    void when_the_rows_have_other_fields_now_then_the_error_says_what_to_do() throws Exception {
        // given
        Topic topic = Topic.of(1);
        Upper upper = new Upper(topic, 1, 0, 1, List.of());
        upper.write(row("a", 1), 10);
        upper.commit(upper.checkpoint(1, 10));
        upper.close();

        // when
        RowType other = new RowType(List.of(new RowType.Column("k", Primitive.STRING)));
        try (Lower lower = new Lower(topic, Map.of(), other)) {
            // then
            assertThatThrownBy(() -> lower.pollUntil(1))
                    .hasMessageContaining("was written with other fields than the stage above has now");
        }
    }

    /** A replica of the stage above. */
    private final class Upper implements AutoCloseable {
        private final SinkWriter<Row> writer;

        Upper(Topic topic, long run, int replica, int replicas, List<Bytes> restored) throws Exception {
            Path local = Files.createTempDirectory(folder, "upper");
            writer = new KafkaEdgeConnector()
                    .sink(options(topic), ROWS)
                    .open(new Above(topic.name(), "above", replica, replicas, run, restored, local));
        }

        Upper write(Row row, long timestamp) throws Exception {
            writer.write(row, timestamp);
            return this;
        }

        List<Bytes> checkpoint(long id, long watermark) throws Exception {
            writer.watermark(watermark);
            return writer.prepare(id).makeDurable();
        }

        void commit(List<Bytes> transactions) throws Exception {
            for (Bytes transaction : transactions) {
                writer.commit(transaction);
            }
        }

        @Override
        public void close() throws Exception {
            writer.close();
        }
    }

    private record Above(
            String pipeline, String stage, int replica, int replicas, long run, List<Bytes> restored, Path folder)
            implements SinkContext {
        @Override
        public InputStream restoredFile(String name) throws IOException {
            throw new IOException("rows this few are in the checkpoint itself");
        }

        @Override
        public InstantSource clock() {
            return InstantSource.system();
        }
    }

    /** The only replica of the stage below. */
    private static final class Lower implements SourceOutput<Row>, AutoCloseable {
        private final List<String> rows = new ArrayList<>();
        private final Map<String, Long> watermarks = new HashMap<>();
        private final SourceReader<Row> reader;
        private long greatest = Long.MIN_VALUE;

        Lower(Topic topic, Map<String, Bytes> restored) throws Exception {
            this(topic, restored, ROWS);
        }

        Lower(Topic topic, Map<String, Bytes> restored, RowType type) throws Exception {
            Options options = new Options(Map.of("brokers", topic.server().bootstrap(), "topic", topic.name()));
            reader = new KafkaEdgeConnector().source(options, type).open(new Below(0, 1, restored));
        }

        Status poll() throws Exception {
            return reader.poll(100, this);
        }

        void pollUntil(int count) throws Exception {
            while (rows.size() < count) {
                poll();
            }
        }

        void pollUntilWatermark(long millis) throws Exception {
            while (watermark() < millis) {
                poll();
            }
            assertThat(watermark()).isEqualTo(millis);
        }

        void pollFor(int times) throws Exception {
            for (int i = 0; i < times; i++) {
                poll();
                Thread.sleep(10); // that something does not come has no event to wait for
            }
        }

        long watermark() {
            long least =
                    watermarks.values().stream().mapToLong(each -> each).min().orElse(Long.MIN_VALUE);
            greatest = Math.max(greatest, least);
            return least;
        }

        List<Long> of(String key) {
            return rows.stream()
                    .filter(row -> row.startsWith(key + " "))
                    .map(row -> Long.parseLong(row.split(" ")[1]))
                    .toList();
        }

        Map<String, Bytes> positions() {
            return reader.positions();
        }

        @Override
        public Split<Row> split(String name) {
            return new Split<>() {
                @Override
                public void emit(Row value) {
                    throw new IllegalStateException("without its time");
                }

                @Override
                public void emit(Row value, long timestamp) {
                    rows.add(value.get("k") + " " + value.get("n") + " " + timestamp);
                }

                @Override
                public void malformed(String position, byte[] raw, String reason) {
                    throw new IllegalStateException(reason);
                }

                @Override
                public void watermark(long millis) {
                    watermarks.put(name, millis);
                    var unused = Lower.this.watermark();
                }

                @Override
                public void end() {}
            };
        }

        @Override
        public void close() throws Exception {
            reader.close();
        }
    }

    private record Below(int replica, int replicas, Map<String, Bytes> restored) implements SourceContext {
        @Override
        public boolean owns(String split) {
            throw new UnsupportedOperationException("partitions are dealt out by the connector");
        }

        @Override
        public InstantSource clock() {
            return InstantSource.system();
        }

        @Override
        public Executor background() {
            return BACKGROUND;
        }
    }
}
