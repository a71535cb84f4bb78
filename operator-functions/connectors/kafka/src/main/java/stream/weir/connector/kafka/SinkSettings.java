package stream.weir.connector.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.avro.Schema;
import stream.weir.api.row.RowType;

/**
 * What a Kafka sink writes, and how.
 *
 * @param topic where rows go, unless a field of theirs says otherwise
 * @param topicField names the topic of each row
 * @param keys fields that make the key; none for records without one
 * @param headers name of the header to field
 * @param avro what rows are written as, for Avro
 * @param registry where that schema is registered, URL
 * @param transactionalId what the ids of transactions begin with; made of pipeline and stage unless told
 * @param transactionTimeout Kafka aborts a transaction that takes longer
 * @param partBytes of rows for one Kafka transaction, 0 for no limit
 * @param properties of clients, as Kafka spells them
 */
record SinkSettings(
        String brokers,
        String topic,
        Optional<String> topicField,
        RowType rows,
        KafkaFormat format,
        char delimiter,
        List<String> keys,
        Map<String, String> headers,
        Optional<Schema> avro,
        Optional<String> registry,
        Delivery delivery,
        Optional<String> transactionalId,
        Duration transactionTimeout,
        long partBytes,
        UnknownCommit unknownCommit,
        Beyond beyond,
        Map<String, String> properties) {
    /** The guarantee. */
    enum Delivery {
        EXACTLY_ONCE,
        AT_LEAST_ONCE
    }

    /** What to do when Kafka no longer knows whether the rows of a restored checkpoint were committed. */
    enum UnknownCommit {
        FAIL,
        WRITE,
        SKIP
    }

    /** What to do when the sink has committed rows of checkpoints after the restored one. */
    enum Beyond {
        FAIL,
        DUPLICATE
    }

    /** Of every producer. */
    Properties producer() {
        Properties all = new Properties();
        all.put("linger.ms", "5");
        all.put("batch.size", "65536");
        all.put("max.block.ms", "10000");
        all.putAll(properties);
        all.put("bootstrap.servers", brokers);
        all.put("acks", "all");
        all.put("enable.idempotence", "true");
        return all;
    }

    /** Of a producer of transactions. */
    Properties producer(String id) {
        Properties all = producer();
        all.put("transactional.id", id);
        all.put("client.id", id);
        all.put("transaction.timeout.ms", Long.toString(transactionTimeout.toMillis()));
        return all;
    }

    Properties admin() {
        return ClientProperties.admin(brokers, properties);
    }
}
