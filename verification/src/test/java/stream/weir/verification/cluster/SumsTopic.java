package stream.weir.verification.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The committed output of a job that counts and sums the numbers 0, 1, 2, ... by their rest: each key's rows are known one by one, so
 * a row that is lost, doubled or out of order shows at once. A thread of its own reads on.
 */
final class SumsTopic implements AutoCloseable {
    private static final int KEYS = 7;
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<Long, Long> counts = new ConcurrentHashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong lastNanos = new AtomicLong(System.nanoTime());
    private final Thread thread;
    private volatile boolean closed;

    private SumsTopic(KafkaConsumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
        this.thread = Thread.ofPlatform().name("reads-sums").unstarted(this::read);
    }

    static SumsTopic read(String brokers, String topic) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        SumsTopic read = new SumsTopic(consumer);
        read.thread.start();
        return read;
    }

    /** Rows that were committed until now. */
    long rows() {
        return rows.get();
    }

    /** When the last one was seen, as {@link System#nanoTime} has it. */
    long lastNanos() {
        return lastNanos.get();
    }

    /** None is wrong until now, whatever is missing yet. */
    void assertNoneWrong() {
        synchronized (wrong) {
            assertThat(wrong).isEmpty();
        }
    }

    /** All rows of so many numbers are there, each once. */
    void assertExact(long numbers) {
        assertNoneWrong();
        Map<Long, Long> expected = new TreeMap<>();
        for (long key = 0; key < KEYS; key++) {
            expected.put(key, numbers / KEYS + (key < numbers % KEYS ? 1 : 0));
        }
        assertThat(new TreeMap<>(counts)).isEqualTo(expected);
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
        consumer.close();
    }

    private void read() {
        while (!closed) {
            for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
                take(new String(each.value(), StandardCharsets.UTF_8));
            }
        }
    }

    /** The row of a key's n-th number is {@code {"key":k,"count":n,"sum":...}}. */
    private void take(String row) {
        String[] parts = row.replaceAll("[^0-9,]", "").split(",");
        long key = Long.parseLong(parts[0]);
        long next = counts.getOrDefault(key, 0L) + 1;
        long sum = key * next + KEYS * (next * (next - 1) / 2);
        String expected = "{\"key\":" + key + ",\"count\":" + next + ",\"sum\":" + sum + "}";
        if (!row.equals(expected)) {
            synchronized (wrong) {
                wrong.add("expected " + expected + ", found " + row);
            }
        }
        counts.put(key, next);
        rows.incrementAndGet();
        lastNanos.set(System.nanoTime());
    }
}
