package stream.weir.connector.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** Notices that records which were not read yet are gone, and does what the pipeline says about it. */
final class LostOffsets {
    private final SourceSettings settings;
    private final Cluster cluster;

    LostOffsets(SourceSettings settings, Cluster cluster) {
        this.settings = settings;
        this.cluster = cluster;
    }

    /** The offsets that a partition holds. @param end behind the last one */
    private record Available(long earliest, long end) {}

    /**
     * Positions that can be gone on from.
     *
     * @throws KafkaProblemException when records are gone, unless the pipeline says where to go on
     */
    Map<TopicPartition, SplitPosition> checked(
            Map<TopicPartition, SplitPosition> positions, Map<String, TopicDescription> topics)
            throws KafkaProblemException {
        Map<TopicPartition, SplitPosition> checked =
                new TreeMap<>((a, b) -> Splits.name(a).compareTo(Splits.name(b)));
        for (Map.Entry<TopicPartition, SplitPosition> entry : positions.entrySet()) {
            TopicPartition partition = entry.getKey();
            TopicDescription topic = topics.get(partition.topic());
            if (topic == null || partition.partition() >= topic.partitions().size()) {
                throw new KafkaProblemException("cannot go on reading " + Splits.name(partition) + " at offset "
                        + entry.getValue().next() + ": the topic has no such partition any more");
            }
        }
        Map<TopicPartition, Available> available = available(positions.keySet());
        for (Map.Entry<TopicPartition, SplitPosition> entry : positions.entrySet()) {
            TopicPartition partition = entry.getKey();
            Uuid id = Cluster.answered(topics, partition.topic()).topicId();
            Available offsets = Cluster.answered(available, partition);
            SplitPosition position = entry.getValue();
            if (!id.equals(position.topic())) {
                checked.put(
                        partition,
                        elsewhere(partition, position, offsets, "the topic was deleted and created anew", id));
            } else if (!position.finished()
                    && (position.next() < offsets.earliest() || position.next() > offsets.end())) {
                checked.put(partition, elsewhere(partition, position, offsets, "they are not there", id));
            } else {
                checked.put(partition, position);
            }
        }
        return checked;
    }

    /** For offsets that a fetch was refused. */
    SplitPosition instead(TopicPartition partition, SplitPosition position, String why) throws KafkaProblemException {
        Available offsets = Cluster.answered(available(Set.of(partition)), partition);
        return elsewhere(partition, position, offsets, why, position.topic());
    }

    /** Start offsets that a pipeline names have to be there, or just behind the end. */
    void checkNamed(Start start, Map<String, SplitPosition> positions) throws KafkaProblemException {
        if (!(start instanceof Start.Offsets)) {
            return;
        }
        Map<TopicPartition, SplitPosition> named = new HashMap<>();
        positions.forEach((split, position) -> named.put(Splits.partition(split), position));
        Map<TopicPartition, Available> available = available(named.keySet());
        for (Map.Entry<TopicPartition, SplitPosition> entry : named.entrySet()) {
            Available offsets = Cluster.answered(available, entry.getKey());
            long wanted = entry.getValue().next();
            if (wanted < offsets.earliest() || wanted > offsets.end()) {
                throw new KafkaProblemException("cannot start reading " + Splits.name(entry.getKey()) + " at offset "
                        + wanted + ", as startOffsets says: available are " + offsets.earliest() + " to "
                        + offsets.end() + "; correct startOffsets");
            }
        }
    }

    private SplitPosition elsewhere(
            TopicPartition partition, SplitPosition position, Available offsets, String why, Uuid id)
            throws KafkaProblemException {
        return switch (settings.lost()) {
            case FAIL ->
                throw new KafkaProblemException("cannot read " + Splits.name(partition) + " from offset "
                        + position.next() + " on: " + why + "; available are " + offsets.earliest() + " to "
                        + offsets.end()
                        + ". Records before them that were not read are lost; to go on without them set onLostOffsets:"
                        + " earliest or latest");
            case EARLIEST -> new SplitPosition(id, offsets.earliest(), position.stop(), SplitPosition.NO_EPOCH);
            case LATEST -> new SplitPosition(id, offsets.end(), position.stop(), SplitPosition.NO_EPOCH);
        };
    }

    private Map<TopicPartition, Available> available(Iterable<TopicPartition> partitions) throws KafkaProblemException {
        Map<TopicPartition, OffsetSpec> first = new HashMap<>();
        Map<TopicPartition, OffsetSpec> last = new HashMap<>();
        for (TopicPartition partition : partitions) {
            first.put(partition, OffsetSpec.earliest());
            last.put(partition, OffsetSpec.latest());
        }
        Map<TopicPartition, Long> earliest = cluster.offsets(first, IsolationLevel.READ_UNCOMMITTED);
        Map<TopicPartition, Long> end = cluster.offsets(last, IsolationLevel.READ_UNCOMMITTED);
        Map<TopicPartition, Available> available = new HashMap<>();
        earliest.forEach((partition, offset) ->
                available.put(partition, new Available(offset, end.getOrDefault(partition, offset))));
        return available;
    }
}
