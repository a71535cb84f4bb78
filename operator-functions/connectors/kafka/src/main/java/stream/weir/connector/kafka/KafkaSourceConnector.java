package stream.weir.connector.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.IsolationLevel;
import stream.weir.api.connector.Option;
import stream.weir.api.connector.Options;
import stream.weir.api.connector.SourceConnector;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.api.source.Source;

/** The source {@code kafka} of pipeline files. */
public final class KafkaSourceConnector implements SourceConnector {
    private static final long SMALLEST_BUFFER = 64 << 10;

    /** Called by {@link java.util.ServiceLoader}. */
    public KafkaSourceConnector() {}

    @Override
    public String type() {
        return "kafka";
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(List.of(
                Option.required("brokers", Option.Kind.STRING, "Host and port of one broker or more: a:9092,b:9092."),
                Option.optional("topic", Option.Kind.STRING, "The topic to read."),
                Option.optional("topics", Option.Kind.STRING_LIST, "Several topics with values of one type.")));
        options.addAll(SourceOptions.FORMAT);
        options.addAll(List.of(
                Option.optional(
                        "metadata",
                        Option.Kind.MAP,
                        "Further fields by name: key, keyBytes, topic, partition, offset or timestamp of the record."),
                Option.oneOf(
                        "start",
                        List.of("earliest", "latest", "timestamp", "offsets"),
                        "Where a topic is read from that no checkpoint knows."),
                Option.optional(
                        "startTimestamp",
                        Option.Kind.STRING,
                        "start: timestamp: the first record of this time or later, as 2013-01-01T00:00:00Z."),
                Option.optional(
                        "startOffsets",
                        Option.Kind.MAP,
                        "start: offsets: by partition, or topic/partition; others start at the earliest."),
                Option.oneOf(
                        "stopAt",
                        List.of("never", "latest"),
                        "latest: the source ends with what is there when it first starts."),
                Option.withDefault(
                        "discoveryInterval",
                        Option.Kind.DURATION,
                        "30s",
                        "Time between two looks for new partitions; 0 for none."),
                Option.oneOf(
                        "isolation",
                        List.of("readCommitted", "readUncommitted"),
                        "Whether records of transactions wait until those are committed."),
                Option.oneOf(
                        "onLostOffsets",
                        List.of("fail", "earliest", "latest"),
                        "What to do when records that were not read yet are gone."),
                Option.oneOf(
                        "tombstones",
                        List.of("malformed", "skip"),
                        "Records without a value: onError decides, or they are left out."),
                Option.withDefault(
                        "bufferSize", Option.Kind.SIZE, "8MiB", "Records that may wait in memory for the replica."),
                Option.optional(
                        "properties",
                        Option.Kind.MAP,
                        "Further properties of Kafka's consumer, as Kafka spells them.")));
        return List.copyOf(options);
    }

    @Override
    public List<String> problems(Options options) {
        List<String> problems = new ArrayList<>(SourceOptions.formatProblems(options));
        if (options.has("topic") == options.has("topics")) {
            problems.add("Exactly one of topic and topics has to be there.");
        }
        if (options.has("topics") && options.get("topics", List.class).isEmpty()) {
            problems.add("The option topics is empty.");
        }
        problems.addAll(SourceOptions.startProblems(options));
        if (options.get("discoveryInterval", Duration.class).isNegative()) {
            problems.add("The option discoveryInterval must not be negative.");
        }
        long buffer = options.get("bufferSize", Long.class);
        if (buffer < SMALLEST_BUFFER) {
            problems.add("The option bufferSize is " + buffer + " bytes, but must be at least 64KiB.");
        }
        problems.addAll(ClientProperties.problemsOfSource(properties(options)));
        if (problems.isEmpty()) {
            try {
                var unused = create(options);
            } catch (IllegalArgumentException e) {
                problems.add(e.getMessage() + ".");
            }
        }
        return problems;
    }

    @Override
    public RowType rowType(Options options) {
        return RecordDecoder.rows(SourceOptions.valueRows(options), SourceOptions.metadata(options));
    }

    @Override
    public Source<Row> create(Options options) {
        Duration discovery = options.get("discoveryInterval", Duration.class);
        RecordDecoder.of(
                SourceOptions.decoder(options), SourceOptions.valueRows(options), SourceOptions.metadata(options));
        return new KafkaSource(new SourceSettings(
                options.get("brokers", String.class),
                SourceOptions.topics(options),
                rowType(options),
                () -> RecordDecoder.of(
                        SourceOptions.decoder(options),
                        SourceOptions.valueRows(options),
                        SourceOptions.metadata(options)),
                SourceOptions.start(options),
                options.get("stopAt", String.class).equals("latest")
                        ? SourceSettings.End.LATEST
                        : SourceSettings.End.NEVER,
                discovery.isZero() ? Optional.empty() : Optional.of(discovery),
                options.get("isolation", String.class).equals("readCommitted")
                        ? IsolationLevel.READ_COMMITTED
                        : IsolationLevel.READ_UNCOMMITTED,
                SourceSettings.Lost.valueOf(Words.constant(options.get("onLostOffsets", String.class))),
                SourceSettings.Tombstones.valueOf(Words.constant(options.get("tombstones", String.class))),
                options.get("bufferSize", Long.class),
                properties(options)));
    }

    private static Map<String, String> properties(Options options) {
        return options.find("properties", Map.class)
                .map(ClientProperties::texts)
                .orElse(Map.of());
    }
}
