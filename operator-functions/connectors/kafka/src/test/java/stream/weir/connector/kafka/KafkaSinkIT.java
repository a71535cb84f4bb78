package stream.weir.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.connector.format.SinkRuns.Checkpoint;
import stream.weir.connector.kafka.SinkRig.Replica;
import stream.weir.testservers.KafkaServer;

class KafkaSinkIT {
    @TempDir
    private Path folder;

    @Test
    void when_a_checkpoint_is_complete_then_its_rows_are_there_and_no_others() throws Exception {
        // given
        SinkRig rig = rig(Topic.of(1));
        try (Replica replica = rig.first()) {
            replica.write("k", "a", "b");
            Checkpoint first = replica.checkpoint(1);
            replica.write("k", "c");
            List<String> before = rig.committed();

            // when
            replica.commit(first);

            // then
            assertThat(before).isEmpty();
            assertThat(rig.committed()).containsExactly("a", "b");
        }
    }

    @Test
    void when_it_crashes_before_the_commit_then_the_next_run_commits_once() throws Exception {
        // given
        SinkRig rig = rig(Topic.of(1));
        Checkpoint first;
        try (Replica replica = rig.first()) {
            first = replica.write("k", "a", "b").checkpoint(1);
            replica.write("k", "lost with the run");
        }

        // when
        try (Replica replica = rig.next(0, 1, first)) {
            replica.commit(first);
            replica.commit(replica.write("k", "c").checkpoint(2));
        }

        // then
        assertThat(rig.committed()).containsExactly("a", "b", "c");
    }

    @Test
    void when_it_crashes_after_the_commit_then_the_next_run_adds_nothing() throws Exception {
        // given
        SinkRig rig = rig(Topic.of(1));
        Checkpoint first;
        try (Replica replica = rig.first()) {
            first = replica.write("k", "a").checkpoint(1);
            replica.commit(first);
        }

        // when
        for (int i = 0; i < 2; i++) {
            rig.next(0, 1, first).close();
        }

        // then
        assertThat(rig.committed()).containsExactly("a");
    }

    @Test
    void when_it_crashes_in_the_middle_of_a_transaction_then_that_is_undone_and_written_anew() throws Exception {
        // given
        Topic topic = Topic.of(1);
        SinkRig rig = rig(topic);
        Checkpoint first;
        try (Replica replica = rig.first()) {
            first = replica.write("k", "a", "b").checkpoint(1);
        }
        KafkaProducer<byte[], byte[]> crashed = producer(topic);
        crashed.initTransactions();
        crashed.beginTransaction();
        crashed.send(new ProducerRecord<>(topic.name(), "a".getBytes(StandardCharsets.UTF_8)))
                .get(60, TimeUnit.SECONDS);

        // when
        rig.next(0, 1, first).close();

        // then
        assertThat(rig.committed()).containsExactly("a", "b");
        assertThat(topic.written()).containsExactly("a", "a", "b");
        assertThatThrownBy(crashed::commitTransaction).isInstanceOf(KafkaException.class);
        assertThat(rig.committed()).containsExactly("a", "b");
    }

    @Test
    void when_an_earlier_run_goes_on_writing_then_it_is_fenced() throws Exception {
        // given
        SinkRig rig = rig(Topic.of(1));
        try (Replica zombie = rig.first()) {
            Checkpoint first = zombie.write("k", "a").checkpoint(1);
            try (Replica replica = rig.next(0, 1, first)) {
                // when, then
                assertThatThrownBy(() -> zombie.commit(first))
                        .isInstanceOf(KafkaProblemException.class)
                        .hasMessageContaining("FENCED: run 1 < 2");
                replica.commit(replica.write("k", "b").checkpoint(2));
                assertThat(rig.committed()).containsExactly("a", "b");
            }
        }
    }

    @Test
    void when_rows_are_many_then_they_wait_in_a_file_and_are_restored_from_the_checkpoint() throws Exception {
        // given
        SinkRig rig = rig(Topic.of(1));
        String[] values =
                IntStream.range(0, 20_000).mapToObj(i -> "a longer value " + i).toArray(String[]::new);
        Checkpoint first;
        try (Replica replica = rig.first()) {
            first = replica.write("k", values).checkpoint(1);
        }

        // when
        rig.next(0, 1, first).close();

        // then
        assertThat(first.transactions().getFirst().length()).isLessThan(500);
        assertThat(rig.committed()).containsExactly(values);
    }

    @Test
    void when_there_are_fewer_replicas_then_rows_of_those_that_are_gone_are_committed() throws Exception {
        // given
        SinkRig rig = rig(Topic.of(1));
        Checkpoint all = Checkpoint.NONE;
        rig.next(0, 3, Checkpoint.NONE).close();
        for (int i = 0; i < 3; i++) {
            try (Replica replica = rig.same(i, 3, Checkpoint.NONE)) {
                all = all.and(replica.write("k" + i, "row of " + i).checkpoint(1));
            }
        }

        // when
        try (Replica only = rig.next(0, 1, all)) {
            only.commit(all);
        }
        Replica first = rig.next(0, 2, all);
        Replica second = rig.same(1, 2, all);
        first.close();
        second.close();

        // then
        assertThat(rig.committed()).containsExactlyInAnyOrder("row of 0", "row of 1", "row of 2");
    }

    @Test
    void when_several_checkpoints_wait_then_they_are_committed_in_order() throws Exception {
        // given
        SinkRig rig = rig(Topic.of(1));
        Checkpoint both;
        try (Replica replica = rig.first()) {
            both = replica.write("k", "a").checkpoint(1);
            both = replica.write("k", "b").checkpoint(2).and(both);
        }

        // when
        rig.next(0, 1, both).close();

        // then
        assertThat(rig.committed()).containsExactly("a", "b");
    }

    @Test
    void when_a_checkpoint_goes_into_several_transactions_then_it_is_gone_on_with_behind_the_last() throws Exception {
        // given
        Topic topic = Topic.of(1);
        SinkSettings parts = with(SinkRig.settings(topic), 300);
        SinkRig rig = new SinkRig(topic, folder, parts);
        String[] values = IntStream.range(0, 9).mapToObj(i -> "v" + i).toArray(String[]::new);
        Checkpoint first;
        try (Replica replica = rig.first()) {
            first = replica.write("k", values).checkpoint(7);
        }
        SinkTransaction transaction =
                SinkTransaction.decode(first.transactions().getFirst());
        try (KafkaProducer<byte[], byte[]> crashed = producer(topic)) {
            crashed.initTransactions();
            crashed.beginTransaction();
            for (int i = 0; i < 3; i++) {
                crashed.send(new ProducerRecord<>(topic.name(), values[i].getBytes(StandardCharsets.UTF_8)));
            }
            crashed.sendOffsetsToTransaction(
                    Map.of(new TopicPartition(topic.name(), 0), new CommitRecord(1, 7, 0, false).encode()),
                    new ConsumerGroupMetadata(transaction.id()));
            crashed.commitTransaction();
        }

        // when
        rig.next(0, 1, first).close();
        rig.next(0, 1, first).close();

        // then
        assertThat(rig.committed()).containsExactly(values);
    }

    @Test
    void when_a_pipeline_starts_anew_under_the_same_name_then_nothing_is_taken_for_committed() throws Exception {
        // given
        Topic topic = Topic.of(1);
        SinkRig old = rig(topic);
        try (Replica replica = old.first()) {
            replica.commit(replica.write("k", "old").checkpoint(42));
        }
        SinkRig anew = new SinkRig(topic, folder.resolve("anew"), SinkRig.settings(topic));

        // when
        try (Replica replica = anew.first()) {
            replica.commit(replica.write("k", "new").checkpoint(1));
        }

        // then
        assertThat(anew.committed()).containsExactly("old", "new");
    }

    @Test
    void when_an_older_checkpoint_is_restored_then_that_is_refused() throws Exception {
        // given
        SinkRig rig = rig(Topic.of(1));
        Checkpoint first;
        try (Replica replica = rig.first()) {
            first = replica.write("k", "a").checkpoint(1);
            replica.commit(first);
            replica.commit(replica.write("k", "b").checkpoint(2));
        }

        // when, then
        assertThatThrownBy(() -> rig.next(0, 1, first))
                .isInstanceOf(KafkaProblemException.class)
                .hasMessageContaining("cannot go on from checkpoint 1")
                .hasMessageContaining("up to checkpoint 2")
                .hasMessageContaining("onCommittedBeyond");
    }

    @Test
    void when_kafka_has_forgotten_what_was_committed_then_nothing_is_guessed() throws Exception {
        // given
        Topic topic = Topic.of(1);
        SinkRig rig = rig(topic);
        Checkpoint first;
        try (Replica replica = rig.first()) {
            first = replica.write("k", "a").checkpoint(1);
            replica.commit(first);
        }
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", topic.server().bootstrap()))) {
            admin.deleteConsumerGroups(
                            Set.of(SinkTransaction.decode(first.transactions().getFirst())
                                    .id()))
                    .all()
                    .get();
        }

        // when, then
        assertThatThrownBy(() -> rig.next(0, 1, first))
                .isInstanceOf(KafkaProblemException.class)
                .hasMessageContaining("not known whether the rows of checkpoint 1")
                .hasMessageContaining("onUnknownCommit");
        assertThat(rig.committed()).containsExactly("a");
    }

    @Test
    void when_a_record_is_larger_than_kafka_takes_then_it_is_refused_before_the_checkpoint() throws Exception {
        // given
        Topic topic = Topic.of(KafkaServer.shared(), 1, Map.of("max.message.bytes", "2000"));
        char[] large = new char[3000];
        Arrays.fill(large, 'x');
        try (Replica replica = rig(topic).first()) {
            // when, then
            assertThatThrownBy(() -> replica.write("k", new String(large)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("max.message.bytes is 2000");
        }
    }

    @Test
    void when_the_broker_is_killed_before_a_commit_then_the_commit_waits_for_it() throws Exception {
        // given
        try (KafkaServer server = KafkaServer.start(folder.resolve("kafka"))) {
            SinkRig rig = rig(Topic.of(server, 2, Map.of()));
            try (Replica replica = rig.first()) {
                replica.commit(replica.write("k", "a").checkpoint(1));
                Checkpoint second = replica.write("k", "b", "c").checkpoint(2);
                server.kill();

                // when
                CompletableFuture<Void> commit = CompletableFuture.runAsync(() -> {
                    try {
                        replica.commit(second);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
                server.restart();
                commit.get(120, TimeUnit.SECONDS);

                // then
                assertThat(rig.committed()).containsExactly("a", "b", "c");

                // when
                Checkpoint third = replica.write("k", "d").checkpoint(3);
                server.pause();
                replica.stop();

                // then
                assertThatThrownBy(() -> replica.commit(third)).hasMessageContaining("told to end");
                server.resume();
                rig.next(0, 1, third).close();
                assertThat(rig.committed()).containsExactly("a", "b", "c", "d");
            }
        }
    }

    @Test
    void when_delivery_is_at_least_once_then_a_checkpoint_waits_for_acknowledgements() throws Exception {
        // given
        Topic topic = Topic.of(1);
        SinkRig rig = new SinkRig(topic, folder, with(SinkRig.settings(topic), SinkSettings.Delivery.AT_LEAST_ONCE));
        try (Replica replica = rig.first()) {
            // when
            Checkpoint first = replica.write("k", "a", "b").checkpoint(1);

            // then
            assertThat(first.transactions()).isEmpty();
            assertThat(rig.committed()).containsExactly("a", "b");
        }
    }

    private SinkRig rig(Topic topic) {
        return new SinkRig(topic, folder, SinkRig.settings(topic));
    }

    /** One with the transactional id of the sink's only writer. */
    private static KafkaProducer<byte[], byte[]> producer(Topic topic) {
        return new KafkaProducer<>(
                SinkRig.settings(topic).producer("weir." + topic.name() + ".report.0"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static SinkSettings with(SinkSettings s, SinkSettings.Delivery delivery) {
        return copy(s, delivery, s.partBytes());
    }

    private static SinkSettings with(SinkSettings s, long partBytes) {
        return copy(s, s.delivery(), partBytes);
    }

    private static SinkSettings copy(SinkSettings s, SinkSettings.Delivery delivery, long partBytes) {
        return new SinkSettings(
                s.brokers(),
                s.topic(),
                s.topicField(),
                s.rows(),
                s.format(),
                s.delimiter(),
                s.keys(),
                s.headers(),
                s.avro(),
                s.registry(),
                delivery,
                s.transactionalId(),
                s.transactionTimeout(),
                partBytes,
                s.unknownCommit(),
                s.beyond(),
                s.properties());
    }
}
