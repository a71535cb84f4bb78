package stream.weir.connector.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.IsolationLevel;
import stream.weir.api.codec.Codec;
import stream.weir.api.connector.EdgeConnector;
import stream.weir.api.connector.Option;
import stream.weir.api.connector.Options;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowCodec;
import stream.weir.api.row.RowType;
import stream.weir.api.sink.Sink;
import stream.weir.api.source.Source;
import stream.weir.api.source.SourceContext;
import stream.weir.api.source.SourceReader;

/** {@code durable: {kafka: ...}} of pipeline files: an edge over a topic. */
public final class KafkaEdgeConnector implements EdgeConnector {
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(2);
    private static final long BUFFER = 8L << 20;

    /** Called by {@link java.util.ServiceLoader}. */
    public KafkaEdgeConnector() {}

    @Override
    public String type() {
        return "kafka";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.required("brokers", Option.Kind.STRING, "Host and port of one broker or more: a:9092,b:9092."),
                Option.required("topic", Option.Kind.STRING, "The edge's own topic, which has to exist."),
                Option.optional(
                        "key",
                        Option.Kind.STRING_LIST,
                        "Fields that make the record's key: rows of a key go to one partition, in order."),
                Option.optional(
                        "properties",
                        Option.Kind.MAP,
                        "Further properties of Kafka's clients, as Kafka spells them, security above all."));
    }

    @Override
    public List<String> problems(Options options, RowType rows) {
        List<String> problems = new ArrayList<>();
        for (String field : key(options)) {
            if (rows.indexOf(field) < 0) {
                problems.add("The rows have no field " + field + ", which key names; they have "
                        + String.join(
                                ", ",
                                rows.columns().stream()
                                        .map(RowType.Column::name)
                                        .toList()) + ".");
            }
        }
        problems.addAll(ClientProperties.problemsOfSink(properties(options)));
        return problems;
    }

    @Override
    public Sink<Row> sink(Options options, RowType rows) {
        List<String> key = key(options);
        SinkSettings settings = new SinkSettings(
                options.get("brokers", String.class),
                options.get("topic", String.class),
                Optional.empty(),
                EdgeRecords.CARRIED,
                KafkaFormat.BYTES,
                ',',
                key.isEmpty() ? List.of() : List.of("key"),
                Map.of(OutRecord.PARTITION, "partition"),
                Optional.empty(),
                Optional.empty(),
                SinkSettings.Delivery.EXACTLY_ONCE,
                Optional.empty(),
                TRANSACTION_TIMEOUT,
                0,
                SinkSettings.UnknownCommit.FAIL,
                SinkSettings.Beyond.FAIL,
                properties(options));
        return new EdgeSink(settings, rows, key);
    }

    @Override
    public Source<Row> source(Options options, RowType rows) {
        SourceSettings settings = new SourceSettings(
                options.get("brokers", String.class),
                List.of(options.get("topic", String.class)),
                ValueDecoder.BYTES_ROWS,
                () -> RecordDecoder.of(ValueDecoder.bytes(), ValueDecoder.BYTES_ROWS, Map.of()),
                new Start.Earliest(),
                SourceSettings.End.NEVER,
                Optional.empty(),
                IsolationLevel.READ_COMMITTED,
                SourceSettings.Lost.FAIL,
                SourceSettings.Tombstones.MALFORMED,
                BUFFER,
                properties(options));
        return new Edge(new KafkaSource(settings), rows, key(options));
    }

    /** The lower end. */
    private record Edge(KafkaSource records, RowType rows, List<String> key) implements Source<Row> {
        @Override
        public Codec<Row> codec() {
            return RowCodec.of(rows);
        }

        @Override
        public SourceReader<Row> open(SourceContext context) throws Exception {
            return EdgeReader.open(records, EdgeRecords.of(rows, key), context);
        }

        @Override
        public String toString() {
            return "durable edge over " + records;
        }
    }

    private static List<String> key(Options options) {
        return options.find("key", List.class)
                .map(list -> ((List<?>) list).stream().map(String::valueOf).toList())
                .orElse(List.of());
    }

    private static Map<String, String> properties(Options options) {
        return options.find("properties", Map.class)
                .map(ClientProperties::texts)
                .orElse(Map.of());
    }
}
