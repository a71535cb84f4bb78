package stream.weir.connector.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Properties of Kafka's clients that a pipeline file hands on, and those that it may not. */
final class ClientProperties {
    private static final String BROKERS = "use the option brokers";
    private static final String OURS = "rows go through the option format";
    private static final String EXACT = "the guarantees of this connector depend on it";

    private static final Map<String, String> NOT_OF_A_SOURCE = Map.ofEntries(
            Map.entry("bootstrap.servers", BROKERS),
            Map.entry("key.deserializer", OURS),
            Map.entry("value.deserializer", OURS),
            Map.entry("isolation.level", "use the option isolation"),
            Map.entry("auto.offset.reset", "use the options start and onLostOffsets"),
            Map.entry("enable.auto.commit", "offsets are kept in checkpoints"),
            Map.entry("group.id", "offsets are kept in checkpoints, no group is joined"),
            Map.entry("group.instance.id", "no group is joined"),
            Map.entry("group.protocol", "no group is joined"),
            Map.entry("partition.assignment.strategy", "partitions are dealt out to replicas by Weir"),
            Map.entry("allow.auto.create.topics", "a source does not create topics"));

    private static final Map<String, String> NOT_OF_A_SINK = Map.ofEntries(
            Map.entry("bootstrap.servers", BROKERS),
            Map.entry("key.serializer", OURS),
            Map.entry("value.serializer", OURS),
            Map.entry("transactional.id", "use the option transactionalId"),
            Map.entry("transaction.timeout.ms", "use the option transactionTimeout"),
            Map.entry("transaction.two.phase.commit.enable", EXACT),
            Map.entry("enable.idempotence", EXACT),
            Map.entry("acks", EXACT),
            Map.entry("retries", EXACT),
            Map.entry("max.in.flight.requests.per.connection", EXACT));

    private ClientProperties() {}

    /** @return whole sentences */
    static List<String> problemsOfSource(Map<String, String> properties) {
        List<String> problems = problems(properties, ConsumerConfig.configNames(), NOT_OF_A_SOURCE);
        if (problems.isEmpty()) {
            Map<String, Object> all = new HashMap<>(properties);
            all.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092");
            all.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
            all.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
            tryOut(() -> new ConsumerConfig(all), problems);
        }
        return problems;
    }

    /** @return whole sentences */
    static List<String> problemsOfSink(Map<String, String> properties) {
        List<String> problems = problems(properties, ProducerConfig.configNames(), NOT_OF_A_SINK);
        if (problems.isEmpty()) {
            Map<String, Object> all = new HashMap<>(properties);
            all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092");
            all.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
            all.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
            tryOut(() -> new ProducerConfig(all), problems);
        }
        return problems;
    }

    private static void tryOut(Runnable construction, List<String> problems) {
        try {
            construction.run();
        } catch (ConfigException e) {
            problems.add("The option properties: " + e.getMessage() + ".");
        }
    }

    private static List<String> problems(
            Map<String, String> properties, Set<String> known, Map<String, String> denied) {
        List<String> problems = new ArrayList<>();
        new TreeMap<>(properties).forEach((name, value) -> {
            if (denied.containsKey(name)) {
                problems.add("The property " + name + " cannot be set: " + denied.get(name) + ".");
            } else if (!known.contains(name)) {
                problems.add("The property " + name + " is none of Kafka's client.");
            }
        });
        return problems;
    }

    /** Those of a pipeline file that the admin client knows as well: where and how to connect. */
    static Properties admin(String brokers, Map<String, String> properties) {
        Properties admin = new Properties();
        properties.forEach((name, value) -> {
            if (AdminClientConfig.configNames().contains(name)) {
                admin.put(name, value);
            }
        });
        admin.put("bootstrap.servers", brokers);
        return admin;
    }

    /** A mapping of a pipeline file as Kafka wants it. */
    static Map<String, String> texts(Map<?, ?> mapping) {
        Map<String, String> texts = new TreeMap<>();
        mapping.forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
        return texts;
    }
}
