package stream.weir.connector.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * How large a record may be. Asked before a row is taken: once a checkpoint holds it there is no way to get rid of it. One thread at a
 * time.
 */
final class SizeLimits {
    private static final int DEFAULT_REQUEST_BYTES = 1 << 20;
    private static final int MOST_TOPICS = 10_000;

    private final Cluster cluster;
    private final int requestBytes;
    private final Map<String, Integer> topics = new HashMap<>();

    SizeLimits(Cluster cluster, Properties producer) {
        this.cluster = cluster;
        this.requestBytes =
                Integer.parseInt(producer.getProperty("max.request.size", Integer.toString(DEFAULT_REQUEST_BYTES)));
    }

    /**
     * @throws KafkaProblemException when there is no such topic
     * @throws IllegalArgumentException when Kafka would not take the record
     */
    void check(OutRecord record) throws KafkaProblemException {
        int topicBytes = ofTopic(record.topic());
        long size = record.size();
        if (size > Math.min(topicBytes, requestBytes)) {
            throw new IllegalArgumentException("a record for the topic " + record.topic() + " takes up to " + size
                    + " bytes, but the topic's max.message.bytes is " + topicBytes + " and the producer's"
                    + " max.request.size is " + requestBytes + "; raise the lesser one");
        }
    }

    /** Asks Kafka the first time. */
    int ofTopic(String topic) throws KafkaProblemException {
        Integer known = topics.get(topic);
        if (known != null) {
            return known;
        }
        cluster.topics(Set.of(topic));
        int bytes = cluster.maxMessageBytes(topic);
        if (topics.size() >= MOST_TOPICS) {
            topics.clear();
        }
        topics.put(topic, bytes);
        return bytes;
    }
}
