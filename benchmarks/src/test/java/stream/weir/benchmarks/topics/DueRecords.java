package stream.weir.benchmarks.topics;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends records at a fixed rate, each with the time at which it was due; one that could not be sent in time is late from then. */
final class DueRecords {
    private static final int KEYS = 1000;

    private DueRecords() {}

    /** Returns when the broker has all. */
    static void send(String brokers, String topic, long records, long rate) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers, "acks", "all", "linger.ms", "0"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            long begin = System.nanoTime();
            for (long n = 0; n < records; n++) {
                long due = begin + n * TimeUnit.SECONDS.toNanos(1) / rate;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                long key = n % KEYS;
                String json = "{\"n\":" + n + ",\"key\":" + key + ",\"due\":" + due + "}";
                producer.send(new ProducerRecord<>(topic, Long.toString(key).getBytes(UTF_8), json.getBytes(UTF_8)));
            }
        }
    }
}
