package stream.weir.benchmarks.topics;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import stream.weir.benchmarks.workload.LatencyHistogram;

/** A reader of committed rows, which have to come once each. */
record CommittedRows(String brokers, String topic, long unmeasured, long records) {
    private static final Duration SILENCE = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Pattern NUMBER = Pattern.compile("\"n\":(\\d+)");
    private static final Pattern DUE = Pattern.compile("\"due\":(\\d+)");

    /**
     * Reads until all rows were there.
     *
     * @return how late those were that are measured
     * @throws IllegalStateException when a row comes again, or none for {@link #SILENCE}
     */
    LatencyHistogram read() {
        LatencyHistogram latencies = new LatencyHistogram();
        BitSet seen = new BitSet();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", brokers,
                        "isolation.level", "read_committed",
                        "auto.offset.reset", "earliest",
                        "fetch.max.wait.ms", "10"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            long last = System.nanoTime();
            while (seen.cardinality() < records) {
                var polled = consumer.poll(POLL);
                long now = System.nanoTime();
                for (ConsumerRecord<byte[], byte[]> each : polled) {
                    take(new String(each.value(), UTF_8), now, seen, latencies);
                }
                last = polled.isEmpty() ? last : now;
                if (now - last > SILENCE.toNanos()) {
                    throw new IllegalStateException("nothing has come for " + SILENCE + "; " + seen.cardinality()
                            + " of " + records + " rows were there");
                }
            }
        }
        return latencies;
    }

    private void take(String row, long now, BitSet seen, LatencyHistogram latencies) {
        int n = Math.toIntExact(number(NUMBER, row));
        if (seen.get(n)) {
            throw new IllegalStateException("row " + n + " has come twice");
        }
        seen.set(n);
        if (n >= unmeasured) {
            latencies.add(now - number(DUE, row));
        }
    }

    private static long number(Pattern pattern, String row) {
        Matcher matcher = pattern.matcher(row);
        if (!matcher.find()) {
            throw new IllegalStateException("a row without " + pattern + ": " + row);
        }
        return Long.parseLong(matcher.group(1));
    }
}
