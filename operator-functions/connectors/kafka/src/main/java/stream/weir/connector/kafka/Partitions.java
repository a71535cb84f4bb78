package stream.weir.connector.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import stream.weir.api.codec.Bytes;
import stream.weir.api.source.SourceContext;

/** Which partitions there are, which of them this replica reads, and from where. Used by one thread at a time. */
final class Partitions {
    private final SourceSettings settings;
    private final Cluster cluster;
    private final SourceContext context;
    /** Known to the checkpoint or found since, of all replicas. */
    private final Set<TopicPartition> known = new HashSet<>();

    private final Set<String> restoredTopics = new HashSet<>();

    Partitions(SourceSettings settings, Cluster cluster, SourceContext context) {
        this.settings = settings;
        this.cluster = cluster;
        this.context = context;
    }

    /**
     * Positions of the replica's partitions, those that the checkpoint knows and new ones.
     *
     * @throws KafkaProblemException when records are gone that were not read yet
     */
    Map<String, SplitPosition> opened() throws KafkaProblemException {
        Map<String, TopicDescription> topics = cluster.topics(settings.topics());
        Map<TopicPartition, SplitPosition> restored = new HashMap<>();
        for (Map.Entry<String, Bytes> entry : context.restored().entrySet()) {
            TopicPartition partition = Splits.partition(entry.getKey());
            // Topics that the pipeline no longer names are left behind.
            if (topics.containsKey(partition.topic())) {
                known.add(partition);
                restoredTopics.add(partition.topic());
                if (owns(partition)) {
                    restored.put(partition, SplitPosition.decode(entry.getKey(), entry.getValue()));
                }
            }
        }
        Map<String, SplitPosition> positions = new TreeMap<>();
        new LostOffsets(settings, cluster)
                .checked(restored, topics)
                .forEach((partition, position) -> positions.put(Splits.name(partition), position));
        positions.putAll(added(topics));
        return positions;
    }

    /** Looks for partitions that were not there before. */
    Map<String, SplitPosition> discover() throws KafkaProblemException {
        return added(cluster.topics(settings.topics()));
    }

    private Map<String, SplitPosition> added(Map<String, TopicDescription> topics) throws KafkaProblemException {
        List<TopicPartition> added = new ArrayList<>();
        Map<TopicPartition, OffsetSpec> specs = new HashMap<>();
        Map<TopicPartition, Long> starts = new HashMap<>();
        topics.forEach((topic, description) -> {
            for (int i = 0; i < description.partitions().size(); i++) {
                TopicPartition partition = new TopicPartition(topic, i);
                if (!known.contains(partition) && owns(partition)) {
                    added.add(partition);
                    ask(partition, specs, starts);
                }
            }
        });
        starts.putAll(cluster.offsets(specs, settings.isolation()));
        starts.putAll(cluster.offsets(withoutSuchTime(starts), settings.isolation()));
        Map<TopicPartition, Long> ends = ends(added);
        Map<String, SplitPosition> positions = new TreeMap<>();
        for (TopicPartition partition : added) {
            Uuid id = Cluster.answered(topics, partition.topic()).topicId();
            positions.put(
                    Splits.name(partition),
                    new SplitPosition(
                            id,
                            starts.getOrDefault(partition, 0L),
                            ends.getOrDefault(partition, SplitPosition.ENDLESS),
                            SplitPosition.NO_EPOCH));
        }
        new LostOffsets(settings, cluster).checkNamed(settings.start(), positions);
        known.addAll(added);
        restoredTopics.addAll(topics.keySet());
        return positions;
    }

    /** A partition that joins a topic later is read from its beginning: whatever is in it came after the start. */
    private void ask(
            TopicPartition partition, Map<TopicPartition, OffsetSpec> specs, Map<TopicPartition, Long> starts) {
        if (restoredTopics.contains(partition.topic())) {
            specs.put(partition, OffsetSpec.earliest());
            return;
        }
        settings.start().spec(partition).ifPresent(spec -> specs.put(partition, spec));
        if (settings.start() instanceof Start.Offsets(var offsets) && offsets.containsKey(partition)) {
            starts.put(partition, offsets.get(partition));
        }
    }

    private static Map<TopicPartition, OffsetSpec> withoutSuchTime(Map<TopicPartition, Long> starts) {
        Map<TopicPartition, OffsetSpec> missing = new HashMap<>();
        starts.forEach((partition, offset) -> {
            if (offset < 0) {
                missing.put(partition, OffsetSpec.latest());
            }
        });
        return missing;
    }

    /** What is committed at the time of the first start, where reading ends there. */
    private Map<TopicPartition, Long> ends(List<TopicPartition> partitions) throws KafkaProblemException {
        Map<TopicPartition, OffsetSpec> specs = new HashMap<>();
        if (settings.end() == SourceSettings.End.LATEST) {
            partitions.forEach(partition -> specs.put(partition, OffsetSpec.latest()));
        }
        return cluster.offsets(specs, settings.isolation());
    }

    private boolean owns(TopicPartition partition) {
        return Splits.owns(partition, context.replica(), context.replicas());
    }
}
