package stream.weir.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.api.row.RowType;
import stream.weir.connector.kafka.SourceSettings.End;
import stream.weir.connector.kafka.SourceSettings.Lost;
import stream.weir.testservers.KafkaServer;

class KafkaSourceIT {
    private static final RowType NUMBERS = new RowType(List.of(new RowType.Column("n", Primitive.INT64)));

    @TempDir
    private Path folder;

    @Test
    void when_it_is_restored_at_any_cut_then_each_record_is_read_once() throws Exception {
        // given
        Topic topic = Topic.of(2);
        topic.put(0, "a0", "a1", "a2", "a3");
        topic.put(1, "b0", "b1", "b2");

        for (int cut = 0; cut <= 7; cut++) {
            // when
            List<String> rows;
            Map<String, Bytes> positions;
            try (Reading before = Reading.open(text(topic), Map.of())) {
                rows = new ArrayList<>(before.await(cut));
                positions = before.positions();
            }
            try (Reading after = Reading.open(text(topic), positions)) {
                rows.addAll(after.await(7 - cut));
            }

            // then
            assertThat(rows)
                    .as("cut behind %d", cut)
                    .containsExactlyInAnyOrder("a0", "a1", "a2", "a3", "b0", "b1", "b2");
            assertThat(rows.stream().filter(row -> row.startsWith("a"))).isSorted();
        }
    }

    @Test
    void when_records_wait_then_it_tells_how_many_without_those_it_has_emitted() throws Exception {
        // given
        Topic topic = Topic.of(2);
        topic.put(0, "a0", "a1", "a2", "a3");
        topic.put(1, "b0", "b1", "b2");
        try (Reading reading = Reading.open(text(topic), Map.of())) {
            // when, then
            reading.awaitLag(7);
            reading.await(3);
            reading.awaitLag(4);
            reading.await(7);
            reading.awaitLag(0);
            topic.put(0, "a4", "a5");
            reading.awaitLag(2);
        }
    }

    @Test
    void when_it_stops_at_the_latest_then_only_records_before_that_wait() throws Exception {
        // given
        Topic topic = Topic.of(1);
        topic.put(0, "a0", "a1", "a2");
        try (Reading reading = Reading.open(with(text(topic), End.LATEST), Map.of())) {
            topic.put(0, "too late");
            // when, then
            reading.await(1);
            reading.awaitLag(2);
        }
    }

    @Test
    void when_it_stops_at_the_latest_then_it_ends_there_also_behind_marks_of_transactions() throws Exception {
        // given
        Topic topic = Topic.of(2);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                SinkRig.settings(topic).producer("id-" + topic.name()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.initTransactions();
            send(producer, topic, "kept");
            producer.commitTransaction();
            send(producer, topic, "dropped");
            producer.abortTransaction();
        }

        try (Reading reading = Reading.open(with(text(topic), End.LATEST), Map.of())) {
            Map<String, Bytes> atStart = reading.positions();
            topic.put(1, "too late");

            // when, then
            assertThat(reading.toEnd()).containsExactly("kept");
            assertThat(reading.splits()).isEmpty();
            try (Reading again = Reading.open(with(text(topic), End.LATEST), atStart)) {
                assertThat(again.toEnd()).containsExactly("kept");
            }
            try (Reading ended = Reading.open(with(text(topic), End.LATEST), reading.positions())) {
                assertThat(ended.toEnd()).isEmpty();
            }
        }
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, Topic topic, String value) throws Exception {
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(topic.name(), 0, null, value.getBytes(StandardCharsets.UTF_8)))
                .get(60, TimeUnit.SECONDS);
    }

    @Test
    void when_partitions_are_added_then_they_are_read_from_their_beginning() throws Exception {
        // given
        Topic topic = Topic.of(1);
        SourceSettings latest = with(text(topic), new Start.Latest());
        topic.put(0, "before the start");
        try (Reading reading = Reading.open(latest, Map.of())) {
            Map<String, Bytes> first = reading.positions();
            topic.server().growTopic(topic.name(), 2);
            topic.put(1, "new");

            // when, then
            assertThat(reading.await(1)).containsExactly("new");
            assertThat(reading.splits()).containsExactly(topic.name() + "/0", topic.name() + "/1");
            assertThat(reading.positions()).hasSize(2);
            try (Reading restored = Reading.open(latest, first)) {
                assertThat(restored.await(1)).containsExactly("new");
            }
        }
    }

    @Test
    void when_two_replicas_become_three_then_each_partition_is_read_by_one() throws Exception {
        // given
        Topic topic = Topic.of(5);
        for (int partition = 0; partition < 5; partition++) {
            topic.put(partition, "p" + partition);
        }
        Map<String, Bytes> positions = new HashMap<>();
        List<String> rows = new ArrayList<>();
        for (int replica = 0; replica < 2; replica++) {
            try (Reading reading = Reading.open(text(topic), Map.of(), replica, 2)) {
                rows.addAll(reading.await(2));
                positions.putAll(reading.positions());
            }
        }

        // when
        List<String> splits = new ArrayList<>();
        for (int replica = 0; replica < 3; replica++) {
            try (Reading reading = Reading.open(text(topic), positions, replica, 3)) {
                reading.poll(1);
                splits.addAll(reading.splits());
            }
        }
        try (Reading rest = Reading.open(text(topic), positions)) {
            rows.addAll(rest.await(1));
        }

        // then
        assertThat(splits).hasSize(5).doesNotHaveDuplicates();
        assertThat(rows).containsExactlyInAnyOrder("p0", "p1", "p2", "p3", "p4");
    }

    @Test
    void when_records_are_gone_that_were_not_read_then_it_says_which_and_what_is_there() throws Exception {
        // given
        Topic topic = Topic.of(1);
        topic.put(0, "a", "b", "c", "d");
        Map<String, Bytes> positions;
        try (Reading reading = Reading.open(text(topic), Map.of())) {
            reading.await(1);
            positions = reading.positions();
        }
        topic.server().deleteRecords(topic.name(), 0, 3);

        // when, then
        assertThatThrownBy(() -> Reading.open(text(topic), positions))
                .isInstanceOf(KafkaProblemException.class)
                .hasMessageContaining(topic.name() + "/0 from offset 1")
                .hasMessageContaining("available are 3 to 4")
                .hasMessageContaining("onLostOffsets");
        try (Reading earliest = Reading.open(with(text(topic), Lost.EARLIEST), positions)) {
            assertThat(earliest.await(1)).containsExactly("d");
        }
    }

    @Test
    void when_a_topic_was_created_anew_then_its_records_are_not_taken_for_the_old_ones() throws Exception {
        // given
        Topic topic = Topic.of(1);
        topic.put(0, "old");
        Map<String, Bytes> positions;
        try (Reading reading = Reading.open(text(topic), Map.of())) {
            reading.await(1);
            positions = reading.positions();
        }
        topic.server().deleteTopic(topic.name());
        topic.server().createTopic(topic.name(), 1);
        topic.put(0, "new", "new too");

        // when, then
        assertThatThrownBy(() -> Reading.open(text(topic), positions))
                .isInstanceOf(KafkaProblemException.class)
                .hasMessageContaining("deleted and created anew");
    }

    @Test
    void when_start_positions_are_told_then_reading_starts_there() throws Exception {
        // given
        Topic topic = Topic.of(1);
        topic.put(0, "a", "b", "c");
        TopicPartition partition = new TopicPartition(topic.name(), 0);

        // when, then
        try (Reading reading = Reading.open(with(text(topic), new Start.Offsets(Map.of(partition, 2L))), Map.of())) {
            assertThat(reading.await(1)).containsExactly("c");
        }
        try (Reading reading = Reading.open(with(text(topic), new Start.At(Instant.EPOCH)), Map.of())) {
            assertThat(reading.await(3)).containsExactly("a", "b", "c");
        }
        assertThatThrownBy(() -> Reading.open(with(text(topic), new Start.Offsets(Map.of(partition, 9L))), Map.of()))
                .hasMessageContaining("at offset 9")
                .hasMessageContaining("available are 0 to 3");
    }

    @Test
    void when_a_record_is_no_row_then_it_is_told_with_its_place_and_bytes() throws Exception {
        // given
        Topic topic = Topic.of(1);
        topic.put(0, "{\"n\": 1}", "{\"n\": \"one\"}", null, "{\"n\":\n 2}");

        // when
        try (Reading reading = Reading.open(settings(topic, NUMBERS, ValueDecoder.json(NUMBERS)), Map.of())) {
            List<String> rows = reading.await(4);

            // then
            assertThat(rows).containsExactly("1", "2");
            assertThat(reading.malformed()).hasSize(2);
            assertThat(reading.malformed().getFirst())
                    .startsWith(topic.name() + "/0 offset 1: {\"n\": \"one\"}: the record field n:");
            assertThat(reading.malformed().getLast()).contains("offset 2").contains("tombstones: skip");
        }
    }

    @Test
    void when_the_replica_does_not_keep_up_then_the_hand_over_stays_bounded() throws Exception {
        // given
        Topic topic = Topic.of(1);
        String[] values = new String[3_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = "%05d".formatted(i) + "x".repeat(200);
        }
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", topic.server().bootstrap()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (String value : values) {
                producer.send(new ProducerRecord<>(topic.name(), value.getBytes(StandardCharsets.UTF_8)));
            }
        }

        // when
        try (Reading reading = Reading.open(text(topic), Map.of())) {
            reading.await(1);

            // then
            assertThat(reading.await(values.length)).containsExactly(values);
        }
    }

    @Test
    void when_the_broker_is_killed_and_comes_back_then_reading_goes_on() throws Exception {
        // given
        try (KafkaServer server = KafkaServer.start(folder)) {
            Topic topic = Topic.of(server, 1, Map.of());
            topic.put(0, "a");
            try (Reading reading = Reading.open(text(topic), Map.of())) {
                reading.await(1);

                // when
                server.kill();
                server.restart();
                topic.put(0, "b");

                // then
                assertThat(reading.await(2)).containsExactly("a", "b");
            }
        }
    }

    private static SourceSettings text(Topic topic) {
        return settings(topic, ValueDecoder.TEXT_ROWS, ValueDecoder.text());
    }

    private static SourceSettings settings(Topic topic, RowType rows, ValueDecoder decoder) {
        return new SourceSettings(
                topic.server().bootstrap(),
                List.of(topic.name()),
                rows,
                () -> RecordDecoder.of(decoder, rows, Map.of()),
                new Start.Earliest(),
                End.NEVER,
                Optional.of(Duration.ofMillis(200)),
                IsolationLevel.READ_COMMITTED,
                Lost.FAIL,
                SourceSettings.Tombstones.MALFORMED,
                64 << 10,
                Map.of("metadata.max.age.ms", "500"));
    }

    private static SourceSettings with(SourceSettings s, Start start) {
        return copy(s, start, s.end(), s.lost());
    }

    private static SourceSettings with(SourceSettings s, End end) {
        return copy(s, s.start(), end, s.lost());
    }

    private static SourceSettings with(SourceSettings s, Lost lost) {
        return copy(s, s.start(), s.end(), lost);
    }

    private static SourceSettings copy(SourceSettings s, Start start, End end, Lost lost) {
        return new SourceSettings(
                s.brokers(),
                s.topics(),
                s.rows(),
                s.decoders(),
                start,
                end,
                s.discovery(),
                s.isolation(),
                lost,
                s.tombstones(),
                s.bufferBytes(),
                s.properties());
    }
}
