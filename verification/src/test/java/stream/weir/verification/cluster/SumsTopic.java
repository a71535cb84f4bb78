package stream.weir.verification.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
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
    private final Map<Long, Long> before = new TreeMap<>();
    private final Map<Long, Long> counts = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();
    private final AtomicLong rows = new AtomicLong();
    private final List<Long> arrivals = new ArrayList<>();
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

    /** When the longest silence ended that ended after a moment, both as {@link System#nanoTime} has it. */
    long backAfter(long nanos) {
        synchronized (counts) {
            long back = nanos;
            long longest = 0;
            for (int i = 1; i < arrivals.size(); i++) {
                long silence = arrivals.get(i) - arrivals.get(i - 1);
                if (arrivals.get(i) > nanos && silence > longest) {
                    longest = silence;
                    back = arrivals.get(i);
                }
            }
            return back;
        }
    }

    /** None is wrong until now, whatever is missing yet. */
    void assertNoneWrong() {
        synchronized (counts) {
            assertThat(wrong).isEmpty();
        }
    }

    /** The rows are those of the numbers from 0 up to one of them, each once, and nothing else. */
    void assertExact() {
        assertExactAfter(0);
    }

    /**
     * The rows are those of the numbers that follow so many ones, each once.
     *
     * @param numbers that an earlier job had counted
     */
    void assertExactAfter(long numbers) {
        awaitEnd();
        assertNoneWrong();
        synchronized (counts) {
            assertThat(before).isEqualTo(shares(numbers));
            assertThat(counts).isEqualTo(shares(numbers + rows.get()));
        }
    }

    /** How many numbers had been counted before the first rows that are here; once there is a row of each key. */
    long before() {
        synchronized (counts) {
            return before.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** Whether there is a row of each key. */
    boolean hasAllKeys() {
        synchronized (counts) {
            return before.size() == KEYS;
        }
    }

    /** How many of the first numbers each key has. */
    private static Map<Long, Long> shares(long numbers) {
        Map<Long, Long> shares = new TreeMap<>();
        for (long key = 0; key < KEYS; key++) {
            shares.put(key, numbers / KEYS + (key < numbers % KEYS ? 1 : 0));
        }
        return shares;
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
        consumer.close();
    }

    /** Reads what is committed when this is called. */
    private void awaitEnd() {
        synchronized (consumer) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                poll();
            }
        }
    }

    private void read() {
        while (!closed) {
            synchronized (consumer) {
                poll();
            }
        }
    }

    private void poll() {
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
        if (!polled.isEmpty()) {
            synchronized (counts) {
                arrivals.add(System.nanoTime());
            }
        }
        for (ConsumerRecord<byte[], byte[]> each : polled) {
            take(new String(each.value(), StandardCharsets.UTF_8));
        }
    }

    /** The row of a key's n-th number is {@code {"key":k,"count":n,"sum":...}}. */
    private void take(String row) {
        String[] parts = row.replaceAll("[^0-9,]", "").split(",");
        long key = Long.parseLong(parts[0]);
        long count = Long.parseLong(parts[1]);
        synchronized (counts) {
            before.putIfAbsent(key, count - 1);
            long next = counts.getOrDefault(key, count - 1) + 1;
            long sum = key * next + KEYS * (next * (next - 1) / 2);
            String expected = "{\"key\":" + key + ",\"count\":" + next + ",\"sum\":" + sum + "}";
            if (!row.equals(expected)) {
                wrong.add("expected " + expected + ", found " + row);
            }
            counts.put(key, next);
        }
        rows.incrementAndGet();
    }
}
