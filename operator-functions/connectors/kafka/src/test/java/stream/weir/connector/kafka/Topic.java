package stream.weir.connector.kafka;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import stream.weir.testservers.KafkaServer;

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
        return read("read_committed");
    }

    /** As well what transactions under way, or aborted, have written. */
    List<String> written() {
        return read("read_uncommitted");
    }

    private List<String> read(String isolation) {
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", server.bootstrap(), "isolation.level", isolation),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(name).stream()
                    .map(info -> new TopicPartition(name, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    values.add(new String(record.value(), StandardCharsets.UTF_8));
                }
            }
        }
        return values;
    }
}
