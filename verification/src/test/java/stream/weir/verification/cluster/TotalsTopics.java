package stream.weir.verification.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import stream.weir.testservers.KafkaServer;
import stream.weir.testservers.TopicContent;

/** Orders in one topic, and each customer's running totals, as they have to be, in another one. Used by one thread. */
final class TotalsTopics implements AutoCloseable {
    private static final int CUSTOMERS = 50;
    private static final int PARTITIONS = 4;
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

    private final KafkaServer kafka;
    private final String in;
    private final String out;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<String, List<String>> expected = new TreeMap<>();
    private final Map<String, Long> spent = new HashMap<>();
    private long fed;

    private TotalsTopics(KafkaServer kafka, String in, String out, KafkaProducer<byte[], byte[]> producer) {
        this.kafka = kafka;
        this.in = in;
        this.out = out;
        this.producer = producer;
    }

    static TotalsTopics create(KafkaServer kafka, String in, String out) throws IOException {
        kafka.createTopic(in, PARTITIONS);
        kafka.createTopic(out, PARTITIONS);
        return new TotalsTopics(
                kafka,
                in,
                out,
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrap(), "acks", "all"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer()));
    }

    /** So many further orders; all are in the topic when this returns. */
    void feed(int orders) {
        for (int i = 0; i < orders; i++) {
            String customer = "customer-" + fed * 31 % CUSTOMERS;
            long cents = fed % 997;
            List<String> rows = expected.computeIfAbsent(customer, _ -> new ArrayList<>());
            rows.add("{\"customer\":\"" + customer + "\",\"orders\":" + (rows.size() + 1) + ",\"spent\":"
                    + spent.merge(customer, cents, Long::sum) + "}");
            send(
                    customer,
                    "{\"customer\": \"" + customer + "\", \"cents\": " + cents + ", \"at\": \"" + FIRST.plusSeconds(fed)
                            + "\"}");
            fed++;
        }
        producer.flush();
    }

    void feedUnreadable(String text) {
        send("customer-0", text);
        producer.flush();
    }

    private void send(String key, String value) {
        producer.send(new ProducerRecord<>(in, bytes(key), bytes(value)));
    }

    /** How many rows are committed. */
    long rows() {
        return committed().values().stream().mapToLong(List::size).sum();
    }

    void assertExact() {
        assertThat(committed()).isEqualTo(expected);
    }

    private Map<String, List<String>> committed() {
        return new TopicContent(kafka, out).committedByKey();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close();
    }
}
