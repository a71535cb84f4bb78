package stream.weir.connector.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import stream.weir.api.connector.Option;
import stream.weir.api.connector.Options;
import stream.weir.api.connector.SourceConnector;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.api.source.Source;

/** The source {@code generator} of pipeline files. */
public final class GeneratorSourceConnector implements SourceConnector {
    private static final long MOST_SPLITS = 4096;

    /** Called by {@link java.util.ServiceLoader}. */
    public GeneratorSourceConnector() {}

    @Override
    public String type() {
        return "generator";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.required(
                        "fields",
                        Option.Kind.MAP,
                        "Each field's rule, one of {sequence: 0}, {random: 1000}, {randomDouble: [0, 1]}, {randomBool: 0.5},"
                                + " {randomText: 8}, {randomBytes: 8}, {oneOf: [a, b]}, {constant: a} and {time: {start:"
                                + " 2024-01-01T00:00:00Z, step: 10ms, jitter: 5s}}; beside it nulls: 0.1 and prefix: user-."),
                Option.optional("count", Option.Kind.INT, "Records in all; without end unless told."),
                Option.withDefault(
                        "seed", Option.Kind.INT, "0", "Another seed makes other random values; the same one the same."),
                Option.withDefault(
                        "splits",
                        Option.Kind.INT,
                        Integer.toString(GeneratorSettings.DEFAULT_SPLITS),
                        "How many parts the records are divided into, which replicas share; no more replicas than this"
                                + " have work. Fixed once there is a checkpoint."));
    }

    @Override
    public List<String> problems(Options options) {
        RuleReader reader = new RuleReader();
        reader.read(fields(options));
        List<String> problems = new ArrayList<>(reader.problems());
        options.find("count", Long.class)
                .filter(count -> count < 0)
                .ifPresent(count -> problems.add("The option count is " + count + ", but must be 0 or more."));
        long splits = options.get("splits", Long.class);
        if (splits < 1 || splits > MOST_SPLITS) {
            problems.add("The option splits is " + splits + ", but must be from 1 to " + MOST_SPLITS + ".");
        }
        return problems;
    }

    @Override
    public RowType rowType(Options options) {
        return settings(options).rows();
    }

    @Override
    public Source<Row> create(Options options) {
        return new GeneratorSource(settings(options));
    }

    private static GeneratorSettings settings(Options options) {
        return new GeneratorSettings(
                new RuleReader().read(fields(options)),
                options.find("count", Long.class).map(OptionalLong::of).orElse(OptionalLong.empty()),
                options.get("seed", Long.class),
                Math.toIntExact(options.get("splits", Long.class)));
    }

    @SuppressWarnings("unchecked") // of kind MAP
    private static Map<String, Object> fields(Options options) {
        return options.get("fields", Map.class);
    }
}
