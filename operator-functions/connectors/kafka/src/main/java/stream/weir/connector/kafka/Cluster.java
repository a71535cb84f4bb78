package stream.weir.connector.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Questions to a Kafka cluster; each waits for its answer. Safe for use by any number of threads. */
final class Cluster implements AutoCloseable {
    private final String brokers;
    private final Admin admin;

    private Cluster(String brokers, Admin admin) {
        this.brokers = brokers;
        this.admin = admin;
    }

    /** @param properties of the admin client */
    static Cluster open(String brokers, Properties properties) {
        return new Cluster(brokers, Admin.create(properties));
    }

    String brokers() {
        return brokers;
    }

    /**
     * @throws KafkaProblemException when a topic does not exist
     */
    Map<String, TopicDescription> topics(Collection<String> names) throws KafkaProblemException {
        return ask("describe the topics " + names, admin.describeTopics(names).allTopicNames());
    }

    /** Offsets as {@code specs} ask for them; -1 where there is no record of such a time. */
    Map<TopicPartition, Long> offsets(Map<TopicPartition, OffsetSpec> specs, IsolationLevel isolation)
            throws KafkaProblemException {
        if (specs.isEmpty()) {
            return Map.of();
        }
        Map<TopicPartition, ListOffsetsResultInfo> found = ask(
                "find offsets of " + specs.keySet(),
                admin.listOffsets(specs, new ListOffsetsOptions(isolation)).all());
        Map<TopicPartition, Long> offsets = new HashMap<>();
        found.forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }

    /** What is committed for a group and is not part of a transaction under way. */
    Map<TopicPartition, OffsetAndMetadata> committed(String group) throws KafkaProblemException {
        return ask(
                "read the offsets of the group " + group,
                admin.listConsumerGroupOffsets(
                                Map.of(group, new ListConsumerGroupOffsetsSpec()),
                                new ListConsumerGroupOffsetsOptions().requireStable(true))
                        .partitionsToOffsetAndMetadata(group));
    }

    /** The largest batch of records, in bytes, that a topic takes. */
    int maxMessageBytes(String topic) throws KafkaProblemException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        var settings = ask(
                "read the settings of the topic " + topic,
                admin.describeConfigs(List.of(resource)).all());
        return Integer.parseInt(answered(settings, resource)
                .get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
                .value());
    }

    /** What was answered about one of those that were asked about. */
    static <K, V> V answered(Map<K, V> answers, K key) {
        V answer = answers.get(key);
        if (answer == null) {
            throw new IllegalStateException("no answer about " + key + " in " + answers.keySet());
        }
        return answer;
    }

    /** @throws UncheckedIOException when Kafka cannot be reached, which may pass */
    private <T> T ask(String what, KafkaFuture<T> answer) throws KafkaProblemException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof UnknownTopicOrPartitionException) {
                throw new KafkaProblemException(
                        "cannot " + what + " of " + brokers
                                + ": there is no such topic; create it, or correct its name",
                        cause);
            }
            String message = "cannot " + what + " of " + brokers + ": " + cause;
            if (cause instanceof RetriableException) {
                throw new UncheckedIOException(new IOException(message, cause));
            }
            throw new KafkaProblemException(message, cause);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
