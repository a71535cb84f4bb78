package stream.weir.connector.kafka;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.connector.format.MalformedRecordException;

/**
 * Polls Kafka on a background thread, decodes, and hands over. It waits while the hand-over is full: Kafka then is not polled, so
 * that no more than a fetch of each broker is in memory beside it.
 */
final class Fetcher implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Fetcher.class);
    private static final Duration POLL = Duration.ofMillis(100);
    /** A record's own objects, counted with its bytes. */
    private static final int RECORD_OVERHEAD = 64;

    private final SourceSettings settings;
    private final Partitions partitions;
    private final Map<String, SplitPosition> positions;
    private final HandOver handOver;
    private final InstantSource clock;
    private final Cluster cluster;
    private final RecordDecoder decoder;
    private final EndOffsets ends;
    private Instant nextLook;

    /** @param positions of the replica's partitions; changed by this fetcher only */
    Fetcher(
            SourceSettings settings,
            Partitions partitions,
            Map<String, SplitPosition> positions,
            HandOver handOver,
            InstantSource clock,
            Cluster cluster) {
        this.settings = settings;
        this.partitions = partitions;
        this.positions = positions;
        this.handOver = handOver;
        this.clock = clock;
        this.cluster = cluster;
        this.decoder = settings.decoders().get();
        this.ends = new EndOffsets(clock);
        this.nextLook = Instant.MAX;
    }

    @Override
    public void run() {
        try (cluster;
                KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                        settings.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            nextLook = afterInterval();
            assign(consumer);
            while (!handOver.isClosed()) {
                look(consumer);
                fetch(consumer);
                measure(consumer);
            }
        } catch (InterruptedException | InterruptException e) {
            handOver.fail(new IOException("reading " + settings.topics() + " was interrupted", e));
        } catch (Exception e) {
            handOver.fail(e);
        } catch (Error e) {
            handOver.fail(e);
            throw e;
        }
    }

    private void measure(KafkaConsumer<byte[], byte[]> consumer) {
        ends.look(consumer);
        handOver.behind(ends.behind(positions));
    }

    /** Waits for room, and looks meanwhile how much is left behind. */
    private void deliver(Delivery delivery, KafkaConsumer<byte[], byte[]> consumer) throws InterruptedException {
        while (!handOver.put(delivery, EndOffsets.LOOK)) {
            measure(consumer);
        }
    }

    /** What is to be read, with those that are at their end left out. */
    private void assign(KafkaConsumer<byte[], byte[]> consumer) {
        Map<TopicPartition, SplitPosition> wanted = new HashMap<>();
        positions.forEach((split, position) -> {
            if (!position.finished()) {
                wanted.put(Splits.partition(split), position);
            }
        });
        Set<TopicPartition> before = consumer.assignment();
        consumer.assign(wanted.keySet());
        wanted.forEach((partition, position) -> {
            if (!before.contains(partition)) {
                seek(consumer, partition, position);
            }
        });
    }

    private static void seek(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, SplitPosition position) {
        Optional<Integer> epoch = position.leaderEpoch() == SplitPosition.NO_EPOCH
                ? Optional.empty()
                : Optional.of(position.leaderEpoch());
        consumer.seek(partition, new OffsetAndMetadata(position.next(), epoch, ""));
    }

    private void look(KafkaConsumer<byte[], byte[]> consumer) throws KafkaProblemException, InterruptedException {
        if (clock.instant().isBefore(nextLook)) {
            return;
        }
        Map<String, SplitPosition> found = partitions.discover();
        nextLook = afterInterval();
        if (!found.isEmpty()) {
            for (Map.Entry<String, SplitPosition> each : found.entrySet()) {
                deliver(new Delivery.Found(each.getKey(), each.getValue()), consumer);
            }
            positions.putAll(found);
            assign(consumer);
        }
    }

    private Instant afterInterval() {
        return settings.end() == SourceSettings.End.NEVER
                ? settings.discovery().map(clock.instant()::plus).orElse(Instant.MAX)
                : Instant.MAX;
    }

    private void fetch(KafkaConsumer<byte[], byte[]> consumer) throws Exception {
        if (consumer.assignment().isEmpty()) {
            pause();
            return;
        }
        ConsumerRecords<byte[], byte[]> records;
        try {
            records = consumer.poll(POLL);
        } catch (OffsetOutOfRangeException e) {
            lost(consumer, e);
            return;
        }
        for (TopicPartition partition : records.partitions()) {
            Optional<Delivery> next =
                    delivery(partition, records.records(partition), Cluster.answered(records.nextOffsets(), partition));
            if (next.isPresent()) {
                deliver(next.get(), consumer);
            }
        }
        finish(consumer);
    }

    /** With nothing to read there may still be partitions to come. */
    private void pause() throws InterruptedException {
        synchronized (handOver) {
            if (!handOver.isClosed()) {
                handOver.wait(POLL.toMillis());
            }
        }
    }

    private void lost(KafkaConsumer<byte[], byte[]> consumer, OffsetOutOfRangeException refused)
            throws KafkaProblemException {
        for (TopicPartition partition : refused.partitions()) {
            String split = Splits.name(partition);
            SplitPosition position = positions.get(split);
            if (position == null) {
                continue;
            }
            SplitPosition instead = new LostOffsets(settings, cluster)
                    .instead(partition, position, refused.getClass().getSimpleName() + " was the answer");
            LOG.warn(
                    "{} goes on at offset {} instead of {}: records were lost", split, instead.next(), position.next());
            positions.put(split, instead);
            seek(consumer, partition, instead);
        }
    }

    private Optional<Delivery> delivery(
            TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records, OffsetAndMetadata next)
            throws IOException {
        String split = Splits.name(partition);
        SplitPosition position = positions.get(split);
        if (position == null) {
            return Optional.empty();
        }
        List<Delivery.Item> items = new ArrayList<>(records.size());
        long bytes = 0;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (position.stop() != SplitPosition.ENDLESS && record.offset() >= position.stop()) {
                break;
            }
            if (record.value() == null && settings.tombstones() == SourceSettings.Tombstones.SKIP) {
                continue;
            }
            items.add(item(record));
            bytes += RECORD_OVERHEAD
                    + Math.max(0, record.serializedKeySize())
                    + Math.max(0, record.serializedValueSize());
        }
        SplitPosition after = position.at(next.offset(), next.leaderEpoch().orElse(position.leaderEpoch()));
        positions.put(split, after);
        return Optional.of(new Delivery.Records(split, items, after, bytes));
    }

    private Delivery.Item item(ConsumerRecord<byte[], byte[]> record) throws IOException {
        int epoch = record.leaderEpoch().orElse(SplitPosition.NO_EPOCH);
        try {
            return new Delivery.Good(record.offset(), epoch, decoder.decode(record));
        } catch (MalformedRecordException e) {
            byte[] raw = record.value() == null ? new byte[0] : record.value();
            return new Delivery.Bad(record.offset(), epoch, raw, e.getMessage());
        }
    }

    /** The end of a partition may lie behind marks of transactions, which are no records. */
    private void finish(KafkaConsumer<byte[], byte[]> consumer) throws InterruptedException {
        if (settings.end() == SourceSettings.End.NEVER) {
            return;
        }
        Map<String, SplitPosition> moved = new TreeMap<>();
        for (TopicPartition partition : consumer.assignment()) {
            String split = Splits.name(partition);
            SplitPosition position = positions.get(split);
            long at = consumer.position(partition);
            if (position != null && at >= position.stop() && !position.finished()) {
                moved.put(split, position.at(at, position.leaderEpoch()));
            }
        }
        for (Map.Entry<String, SplitPosition> each : moved.entrySet()) {
            deliver(new Delivery.Records(each.getKey(), List.of(), each.getValue(), 0), consumer);
        }
        positions.putAll(moved);
        Set<TopicPartition> left = consumer.assignment().stream()
                .filter(partition -> !isFinished(partition))
                .collect(Collectors.toSet());
        if (left.size() < consumer.assignment().size()) {
            consumer.assign(left);
        }
    }

    private boolean isFinished(TopicPartition partition) {
        SplitPosition position = positions.get(Splits.name(partition));
        return position != null && position.finished();
    }
}
