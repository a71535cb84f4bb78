package stream.weir.connector.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.api.connector.Option;
import stream.weir.api.connector.Options;
import stream.weir.api.connector.SinkConnector;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.api.sink.Sink;

/** The sink {@code kafka} of pipeline files. */
public final class KafkaSinkConnector implements SinkConnector {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(15);

    /** Called by {@link java.util.ServiceLoader}. */
    public KafkaSinkConnector() {}

    @Override
    public String type() {
        return "kafka";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.required("brokers", Option.Kind.STRING, "Host and port of one broker or more: a:9092,b:9092."),
                Option.required("topic", Option.Kind.STRING, "The topic, which has to exist."),
                Option.optional("topicField", Option.Kind.STRING, "A field that names the topic of each row instead."),
                Option.optional(
                        "key",
                        Option.Kind.STRING_LIST,
                        "Fields that make the key: one as text, several as a JSON object; rows of a key keep their order."),
                Option.oneOf(
                        "format", List.of("json", "csv", "text", "bytes", "avro"), "How a row is a record's value."),
                Option.withDefault("delimiter", Option.Kind.STRING, ",", "csv: what separates fields; \\t is a tab."),
                Option.optional(
                        "avroSchema",
                        Option.Kind.STRING,
                        "avro: the schema as JSON; one made of the fields, each of them nullable, unless told."),
                Option.optional(
                        "registry",
                        Option.Kind.STRING,
                        "avro: a registry of Confluent's interface, where the schema is registered as TOPIC-value."),
                Option.optional("headers", Option.Kind.MAP, "Headers by name, each from a field; null is left out."),
                Option.oneOf(
                        "delivery",
                        List.of("exactlyOnce", "atLeastOnce"),
                        "exactlyOnce: rows are there when their checkpoint is complete; atLeastOnce: at once, maybe twice."),
                Option.optional(
                        "transactionalId",
                        Option.Kind.STRING,
                        "What the ids of Kafka's transactions begin with; weir.PIPELINE.STAGE unless told."),
                Option.withDefault(
                        "transactionTimeout",
                        Option.Kind.DURATION,
                        "2m",
                        "Most time for writing one transaction, up to the brokers' transaction.max.timeout.ms."),
                Option.optional(
                        "maxTransactionSize",
                        Option.Kind.SIZE,
                        "Rows of one checkpoint above this size go into several transactions, in order."),
                Option.oneOf(
                        "onUnknownCommit",
                        List.of("fail", "write", "skip"),
                        "What to do when Kafka has forgotten whether restored rows were committed."),
                Option.oneOf(
                        "onCommittedBeyond",
                        List.of("fail", "duplicate"),
                        "What to do when rows after the restored checkpoint are committed already."),
                Option.optional(
                        "properties",
                        Option.Kind.MAP,
                        "Further properties of Kafka's producer, as Kafka spells them."));
    }

    @Override
    public List<String> problems(Options options, RowType rows) {
        List<String> problems = new ArrayList<>();
        if (rows.size() == 0) {
            problems.add("The rows have no fields: there is nothing to write.");
        }
        keys(options).forEach(field -> requireField(field, "key", rows, problems));
        headers(options).values().forEach(field -> requireField(field, "headers", rows, problems));
        options.find("topicField", String.class).ifPresent(field -> {
            requireField(field, "topicField", rows, problems);
            int index = rows.indexOf(field);
            if (index >= 0 && rows.columns().get(index).type() != Primitive.STRING) {
                problems.add("The field " + field + " of topicField must be a string.");
            }
        });
        formatProblems(options, rows, problems);
        Duration timeout = options.get("transactionTimeout", Duration.class);
        if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
            problems.add("The option transactionTimeout must be from 1s to 15m.");
        }
        options.find("maxTransactionSize", Long.class)
                .filter(size -> size < 1)
                .ifPresent(size ->
                        problems.add("The option maxTransactionSize is " + size + " bytes, but must be at least one."));
        problems.addAll(ClientProperties.problemsOfSink(properties(options)));
        return problems;
    }

    private static void requireField(String field, String option, RowType rows, List<String> problems) {
        if (rows.indexOf(field) < 0) {
            problems.add("The rows have no field " + field + ", which " + option + " names; they have "
                    + String.join(
                            ", ",
                            rows.columns().stream().map(RowType.Column::name).toList()) + ".");
        }
    }

    private static void formatProblems(Options options, RowType rows, List<String> problems) {
        KafkaFormat format = KafkaFormat.of(options.get("format", String.class));
        if (SourceOptions.delimiter(options).length() != 1) {
            problems.add("The option delimiter must be one character.");
        }
        if ((format == KafkaFormat.TEXT || format == KafkaFormat.BYTES) && rows.indexOf(ValueDecoder.VALUE) < 0) {
            problems.add("The format " + format.spelled() + " writes the field value, which the rows do not have.");
        }
        if (format != KafkaFormat.AVRO && (options.has("avroSchema") || options.has("registry"))) {
            problems.add("The options avroSchema and registry are for avro only.");
        }
        options.find("registry", String.class)
                .flatMap(SourceOptions::urlProblem)
                .ifPresent(problems::add);
        if (format == KafkaFormat.AVRO) {
            try {
                avroProblems(options, rows, problems);
            } catch (IllegalArgumentException e) {
                problems.add("The option avroSchema: " + e.getMessage() + ".");
            }
        }
    }

    private static void avroProblems(Options options, RowType rows, List<String> problems) {
        Optional<String> text = options.find("avroSchema", String.class);
        if (text.isEmpty()) {
            var unused = AvroTypes.schema(rows);
            return;
        }
        for (RowType.Column wanted : AvroTypes.rows(AvroTypes.parse(text.get())).columns()) {
            int index = rows.indexOf(wanted.name());
            if (index < 0) {
                problems.add("The rows have no field " + wanted.name() + ", which avroSchema has.");
            } else if (!rows.columns().get(index).type().equals(wanted.type())) {
                problems.add("The field " + wanted.name() + " is a "
                        + rows.columns().get(index).type() + " in the rows, but a " + wanted.type()
                        + " in avroSchema.");
            }
        }
    }

    @Override
    public Sink<Row> create(Options options, RowType rows) {
        return new KafkaSink(new SinkSettings(
                options.get("brokers", String.class),
                options.get("topic", String.class),
                options.find("topicField", String.class),
                rows,
                KafkaFormat.of(options.get("format", String.class)),
                SourceOptions.delimiter(options).charAt(0),
                keys(options),
                headers(options),
                options.find("avroSchema", String.class).map(AvroTypes::parse),
                options.find("registry", String.class),
                SinkSettings.Delivery.valueOf(Words.constant(options.get("delivery", String.class))),
                options.find("transactionalId", String.class),
                options.get("transactionTimeout", Duration.class),
                options.find("maxTransactionSize", Long.class).orElse(0L),
                SinkSettings.UnknownCommit.valueOf(Words.constant(options.get("onUnknownCommit", String.class))),
                SinkSettings.Beyond.valueOf(Words.constant(options.get("onCommittedBeyond", String.class))),
                properties(options)));
    }

    private static List<String> keys(Options options) {
        return options.find("key", List.class)
                .map(list -> ((List<?>) list).stream().map(String::valueOf).toList())
                .orElse(List.of());
    }

    private static Map<String, String> headers(Options options) {
        return options.find("headers", Map.class).map(ClientProperties::texts).orElse(Map.of());
    }

    private static Map<String, String> properties(Options options) {
        return options.find("properties", Map.class)
                .map(ClientProperties::texts)
                .orElse(Map.of());
    }
}
