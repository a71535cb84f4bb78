package stream.weir.connector.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import stream.weir.api.connector.Option;
import stream.weir.api.connector.Options;
import stream.weir.api.connector.SourceConnector;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.api.source.Source;
import stream.weir.connector.format.TextParser;

/** The source {@code http} of pipeline files. */
public final class HttpSourceConnector implements SourceConnector {
    private static final long LARGEST_BODY = 64L * 1024 * 1024;
    private static final long MOST_PENDING = 10_000_000;
    private static final long MOST_KEYS = 100_000;
    private static final int LAST_PORT = 65_535;

    /** Called by {@link java.util.ServiceLoader}. */
    public HttpSourceConnector() {}

    @Override
    public String type() {
        return "http";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.required("port", Option.Kind.INT, "Where the first replica listens."),
                Option.oneOf(
                        "replicaPorts",
                        List.of("consecutive", "same"),
                        "consecutive: each replica has the next port; same: all have one, on an address each."),
                Option.withDefault("host", Option.Kind.STRING, "0.0.0.0", "The address to listen on."),
                Option.withDefault("path", Option.Kind.STRING, "/", "The path that records are posted to."),
                Option.oneOf("format", List.of("json", "csv", "text"), "What a body holds: records in lines."),
                Option.optional("schema", Option.Kind.SCHEMA, "json, csv: fields and types."),
                Option.withDefault("delimiter", Option.Kind.STRING, ",", "csv: what separates fields."),
                Option.withDefault("maxBodyBytes", Option.Kind.SIZE, "1MiB", "Largest body of one request."),
                Option.withDefault("maxPending", Option.Kind.INT, "10000", "Most records that wait for a checkpoint."),
                Option.withDefault(
                        "rememberedKeys",
                        Option.Kind.INT,
                        "10000",
                        "For how many covered requests each replica knows a repetition by its Idempotency-Key."));
    }

    @Override
    public List<String> problems(Options options) {
        List<String> problems = new ArrayList<>();
        long port = options.get("port", Long.class);
        if (port < 0 || port > LAST_PORT) {
            problems.add("The option port is " + port + ", but must be from 0 to 65535.");
        }
        String path = options.get("path", String.class);
        if (!path.startsWith("/")) {
            problems.add("The option path must begin with /, not be \"" + path + "\".");
        }
        boolean text = format(options) == HttpSourceSettings.Format.TEXT;
        if (text && options.has("schema")) {
            problems.add("The format text has the one field line: leave schema out.");
        }
        if (!text && !options.has("schema")) {
            problems.add("The option schema is required: it says which fields a record has.");
        }
        if (options.get("delimiter", String.class).length() != 1) {
            problems.add("The option delimiter must be one character.");
        }
        range("maxBodyBytes", LARGEST_BODY, options, problems);
        range("maxPending", MOST_PENDING, options, problems);
        range("rememberedKeys", MOST_KEYS, options, problems);
        return problems;
    }

    private static void range(String option, long most, Options options, List<String> problems) {
        long value = options.get(option, Long.class);
        if (value < 1 || value > most) {
            problems.add("The option " + option + " is " + value + ", but must be from 1 to " + most + ".");
        }
    }

    private static HttpSourceSettings.Format format(Options options) {
        return HttpSourceSettings.Format.of(options.get("format", String.class));
    }

    @Override
    public RowType rowType(Options options) {
        return options.find("schema", RowType.class).orElse(TextParser.ROWS);
    }

    @Override
    public Source<Row> create(Options options) {
        return new HttpSource(new HttpSourceSettings(
                options.get("host", String.class),
                Math.toIntExact(options.get("port", Long.class)),
                HttpSourceSettings.Ports.valueOf(
                        options.get("replicaPorts", String.class).toUpperCase(Locale.ROOT)),
                options.get("path", String.class),
                format(options),
                options.get("delimiter", String.class).charAt(0),
                rowType(options),
                Math.toIntExact(options.get("maxBodyBytes", Long.class)),
                Math.toIntExact(options.get("maxPending", Long.class)),
                Math.toIntExact(options.get("rememberedKeys", Long.class))));
    }
}
