package stream.weir.connector.kafka;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import stream.weir.api.connector.Option;
import stream.weir.api.connector.Options;
import stream.weir.api.row.RowType;

/** Reads the options of a source that take more than looking them up. */
final class SourceOptions {
    static final List<Option> FORMAT = List.of(
            Option.oneOf("format", List.of("json", "csv", "text", "bytes", "avro"), "How a record's value is a row."),
            Option.optional(
                    "schema", Option.Kind.SCHEMA, "json and csv: the fields and their types, for csv in order."),
            Option.withDefault("delimiter", Option.Kind.STRING, ",", "csv: what separates fields; \\t is a tab."),
            Option.optional("avroSchema", Option.Kind.STRING, "avro: the schema that records are read as, as JSON."),
            Option.optional(
                    "registry",
                    Option.Kind.STRING,
                    "avro: where a registry of Confluent's interface is, for values with the id of a schema."));

    private SourceOptions() {}

    static List<String> topics(Options options) {
        return options.find("topics", List.class)
                .map(SourceOptions::texts)
                .orElseGet(() -> List.of(options.get("topic", String.class)));
    }

    private static List<String> texts(List<?> list) {
        return list.stream().map(String::valueOf).distinct().toList();
    }

    static KafkaFormat format(Options options) {
        return KafkaFormat.of(options.get("format", String.class));
    }

    static List<String> formatProblems(Options options) {
        List<String> problems = new ArrayList<>();
        KafkaFormat format = format(options);
        boolean fields = format == KafkaFormat.JSON || format == KafkaFormat.CSV;
        if (fields && !options.has("schema")) {
            problems.add("The format " + format.spelled() + " needs a schema: the fields and their types.");
        }
        if (!fields && options.has("schema")) {
            problems.add("The option schema is for json and csv; " + format.spelled()
                    + (format == KafkaFormat.AVRO ? " has avroSchema." : " has one field, value."));
        }
        if (format == KafkaFormat.AVRO && !options.has("avroSchema")) {
            problems.add("The format avro needs an avroSchema.");
        }
        if (format != KafkaFormat.AVRO && (options.has("avroSchema") || options.has("registry"))) {
            problems.add("The options avroSchema and registry are for avro only.");
        }
        if (delimiter(options).length() != 1) {
            problems.add("The option delimiter must be one character.");
        }
        options.find("registry", String.class)
                .flatMap(SourceOptions::urlProblem)
                .ifPresent(problems::add);
        options.find("metadata", Map.class).ifPresent(map -> metadataProblems(map, problems));
        return problems;
    }

    static Optional<String> urlProblem(String url) {
        try {
            String scheme = String.valueOf(URI.create(url).getScheme());
            return scheme.equals("http") || scheme.equals("https")
                    ? Optional.empty()
                    : Optional.of("The registry " + url + " must be an http or https URL.");
        } catch (IllegalArgumentException e) {
            return Optional.of("The registry " + url + " is not a URL: " + e.getMessage() + ".");
        }
    }

    private static void metadataProblems(Map<?, ?> metadata, List<String> problems) {
        metadata.forEach((name, kind) -> {
            if (Metadata.of(String.valueOf(kind)).isEmpty()) {
                problems.add("The field " + name + " of metadata is " + kind + ", but must be one of "
                        + String.join(", ", Metadata.names()) + ".");
            }
        });
    }

    static String delimiter(Options options) {
        String spelled = options.get("delimiter", String.class);
        return spelled.equals("\\t") ? "\t" : spelled;
    }

    static RowType valueRows(Options options) {
        return switch (format(options)) {
            case JSON, CSV -> options.get("schema", RowType.class);
            case TEXT -> ValueDecoder.TEXT_ROWS;
            case BYTES -> ValueDecoder.BYTES_ROWS;
            case AVRO -> AvroTypes.rows(AvroTypes.parse(options.get("avroSchema", String.class)));
        };
    }

    static ValueDecoder decoder(Options options) {
        return switch (format(options)) {
            case JSON -> ValueDecoder.json(valueRows(options));
            case CSV -> ValueDecoder.csv(valueRows(options), delimiter(options).charAt(0));
            case TEXT -> ValueDecoder.text();
            case BYTES -> ValueDecoder.bytes();
            case AVRO ->
                new AvroDecoder(
                        AvroTypes.parse(options.get("avroSchema", String.class)),
                        options.find("registry", String.class).map(url -> SchemaRegistry.at(URI.create(url))));
        };
    }

    static Map<String, Metadata> metadata(Options options) {
        Map<String, Metadata> metadata = new LinkedHashMap<>();
        options.find("metadata", Map.class)
                .ifPresent(map -> ((Map<?, ?>) map).forEach((name, kind) -> Metadata.of(String.valueOf(kind))
                        .ifPresent(each -> metadata.put(String.valueOf(name), each))));
        return metadata;
    }

    static List<String> startProblems(Options options) {
        List<String> problems = new ArrayList<>();
        String start = options.get("start", String.class);
        if (start.equals("timestamp") != options.has("startTimestamp")) {
            problems.add("start: timestamp and startTimestamp go together.");
        }
        if (start.equals("offsets") != options.has("startOffsets")) {
            problems.add("start: offsets and startOffsets go together.");
        }
        if (problems.isEmpty() && options.has("topic") != options.has("topics")) {
            try {
                var unused = start(options);
            } catch (DateTimeException e) {
                problems.add(
                        "The option startTimestamp is no time such as 2013-01-01T00:00:00Z: " + e.getMessage() + ".");
            } catch (IllegalArgumentException e) {
                problems.add("The option startOffsets: " + e.getMessage() + ".");
            }
        }
        return problems;
    }

    /**
     * @throws DateTimeException when the time is none
     * @throws IllegalArgumentException when an offset or a partition is none
     */
    static Start start(Options options) {
        return switch (options.get("start", String.class)) {
            case "latest" -> new Start.Latest();
            case "timestamp" -> new Start.At(Instant.parse(options.get("startTimestamp", String.class)));
            case "offsets" -> offsets(options.get("startOffsets", Map.class), topics(options));
            default -> new Start.Earliest();
        };
    }

    private static Start offsets(Map<?, ?> mapping, List<String> topics) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        mapping.forEach((key, value) -> {
            String name = String.valueOf(key);
            String topic = name.indexOf('/') < 0 ? topics.getFirst() : name.substring(0, name.lastIndexOf('/'));
            if ((name.indexOf('/') < 0 && topics.size() > 1) || !topics.contains(topic)) {
                throw new IllegalArgumentException(name + " is no partition of " + topics + "; write topic/partition");
            }
            offsets.put(
                    new TopicPartition(topic, (int) number(name.substring(name.lastIndexOf('/') + 1), "a partition")),
                    number(String.valueOf(value), "an offset"));
        });
        return new Start.Offsets(Map.copyOf(offsets));
    }

    private static long number(String text, String what) {
        try {
            long number = Long.parseLong(text);
            if (number >= 0 && (what.equals("an offset") || number <= Integer.MAX_VALUE)) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(text + " is not " + what + ": a number from 0 on is expected", e);
        }
        throw new IllegalArgumentException(text + " is not " + what + ": a number from 0 on is expected");
    }
}
