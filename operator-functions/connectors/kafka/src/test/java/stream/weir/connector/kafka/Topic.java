package stream.weir.connector.kafka;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import stream.weir.testservers.KafkaServer;
import stream.weir.testservers.TopicContent;

/** A topic of a test's own: what is put there, and what readers of committed records find. */
record Topic(KafkaServer server, String name) {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    static Topic of(int partitions) throws IOException {
        return of(KafkaServer.shared(), partitions, Map.of());
    }

    static Topic of(KafkaServer server, int partitions, Map<String, String> settings) throws IOException {
        String name = "topic-" + NUMBER.incrementAndGet();
        server.createTopic(name, partitions, settings);
        return new Topic(server, name);
    }

    void put(int partition, @Nullable String... values) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", server.bootstrap()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (String value : values) {
                byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>(name, partition, null, bytes))
                        .get(60, TimeUnit.SECONDS);
            }
        }
    }

    /** All committed values, partition by partition, in order. */
    List<String> committed() {
        return values(new TopicContent(server, name).committed());
    }

    /** As well what transactions under way, or aborted, have written. */
    List<String> written() {
        return values(new TopicContent(server, name).written());
    }

    private static List<String> values(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }
}
