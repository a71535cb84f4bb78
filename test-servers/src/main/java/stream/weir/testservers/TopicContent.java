package stream.weir.testservers;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a topic holds from its beginning to the end that it has when it is asked; each partition's records are in order. */
public record TopicContent(KafkaServer server, String topic) {
    private static final Duration POLL = Duration.ofMillis(200);

    /** What readers of committed records find. */
    public List<ConsumerRecord<byte[], byte[]>> committed() {
        return read("read_committed");
    }

    /** As well what transactions under way, or aborted, have written. */
    public List<ConsumerRecord<byte[], byte[]>> written() {
        return read("read_uncommitted");
    }

    /** The committed values of each key, both as text. */
    public Map<String, List<String>> committedByKey() {
        Map<String, List<String>> values = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> each : committed()) {
            values.computeIfAbsent(text(each.key()), _ -> new ArrayList<>()).add(text(each.value()));
        }
        return values;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private List<ConsumerRecord<byte[], byte[]>> read(String isolation) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", server.bootstrap(), "isolation.level", isolation),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(records::add);
            }
        }
        return records;
    }
}
