package stream.weir.testservers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaServerIT {
    @TempDir
    private Path folder;

    @Test
    void when_it_is_killed_and_started_again_then_what_it_acknowledged_is_there() throws Exception {
        try (KafkaServer server = KafkaServer.start(folder)) {
            // given
            server.createTopic("orders", 2);
            long first = write(server);

            // when
            server.kill();
            server.restart();

            // then
            assertThat(first).isZero();
            assertThat(write(server)).isEqualTo(1);
        }
    }

    @Test
    void when_it_is_shared_then_partitions_can_be_added() throws Exception {
        // given
        KafkaServer server = KafkaServer.shared();
        server.createTopic("grows", 1);

        // when
        server.growTopic("grows", 3);

        // then
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", server.bootstrap()))) {
            assertThat(admin.describeTopics(List.of("grows")).allTopicNames().get())
                    .hasEntrySatisfying(
                            "grows", topic -> assertThat(topic.partitions()).hasSize(3));
        }
    }

    private static long write(KafkaServer server) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", server.bootstrap()), new StringSerializer(), new StringSerializer())) {
            return producer.send(new ProducerRecord<>("orders", 0, "key", "value"))
                    .get(60, TimeUnit.SECONDS)
                    .offset();
        }
    }
}
