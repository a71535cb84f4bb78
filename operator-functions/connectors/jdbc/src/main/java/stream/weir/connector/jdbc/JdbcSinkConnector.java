package stream.weir.connector.jdbc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import stream.weir.api.codec.Schema;
import stream.weir.api.connector.Option;
import stream.weir.api.connector.Options;
import stream.weir.api.connector.SinkConnector;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.api.sink.Sink;

/** The sink {@code jdbc} of pipeline files. */
public final class JdbcSinkConnector implements SinkConnector {
    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final long LARGEST_BATCH = 10_000;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    /** Called by {@link java.util.ServiceLoader}. */
    public JdbcSinkConnector() {}

    @Override
    public String type() {
        return "jdbc";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.required("url", Option.Kind.STRING, "As the driver takes it: jdbc:postgresql://HOST:PORT/NAME."),
                Option.required("table", Option.Kind.STRING, "TABLE or SCHEMA.TABLE, which has to exist."),
                Option.required(
                        "key",
                        Option.Kind.STRING_LIST,
                        "Fields by which a row replaces an earlier one; the table needs a unique index on them."),
                Option.oneOf("dialect", List.of("postgresql"), "The database's own SQL; the URL tells it."),
                Option.optional("user", Option.Kind.STRING, "The user, where neither URL nor secret says it."),
                Option.optional(
                        "passwordEnv", Option.Kind.STRING, "The variable of the environment with the password."),
                Option.optional(
                        "passwordSecret",
                        Option.Kind.STRING,
                        "A secret with password and maybe username: files below WEIR_SECRETS_DIR/NAME."),
                Option.withDefault("batchSize", Option.Kind.INT, "500", "Rows in one round trip, 1 to 10000."),
                Option.withDefault("timeout", Option.Kind.DURATION, "2m", "Most time to wait for an answer, 1s to 1h."),
                Option.withDefault(
                        "commitTable",
                        Option.Kind.STRING,
                        "weir_commits",
                        "Holds what was committed; made where it is missing."),
                Option.oneOf(
                        "onCommittedBeyond",
                        List.of("fail", "overwrite"),
                        "What to do when rows after the restored checkpoint are committed already."));
    }

    @Override
    public List<String> problems(Options options, RowType rows) {
        List<String> problems = new ArrayList<>();
        String url = options.get("url", String.class);
        if (!url.startsWith(POSTGRESQL)) {
            problems.add("The option url must begin with " + POSTGRESQL + ", not be "
                    + JdbcSettings.withoutProperties(url) + ".");
        }
        tableProblems("table", options, problems);
        tableProblems("commitTable", options, problems);
        if (options.has("passwordEnv") && options.has("passwordSecret")) {
            problems.add("The password is in passwordEnv or in passwordSecret, not in both.");
        }
        long batch = options.get("batchSize", Long.class);
        if (batch < 1 || batch > LARGEST_BATCH) {
            problems.add("The option batchSize is " + batch + ", but must be from 1 to " + LARGEST_BATCH + ".");
        }
        Duration timeout = options.get("timeout", Duration.class);
        if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
            problems.add("The option timeout must be from 1s to 1h.");
        }
        keyProblems(options, rows, problems);
        for (RowType.Column column : rows.columns()) {
            ColumnType.unsupported(column).ifPresent(problems::add);
        }
        return problems;
    }

    private static void tableProblems(String option, Options options, List<String> problems) {
        String spelled = options.get(option, String.class);
        TableName table = TableName.parse(spelled);
        if (table.name().isEmpty()
                || table.name().contains(".")
                || table.schema().filter(String::isEmpty).isPresent()) {
            problems.add("The option " + option + " must be TABLE or SCHEMA.TABLE, not \"" + spelled + "\".");
        }
    }

    private static void keyProblems(Options options, RowType rows, List<String> problems) {
        List<String> key = strings(options);
        if (key.isEmpty()) {
            problems.add("The option key has no field: rows are written exactly once by their key.");
        }
        Set<String> seen = new HashSet<>();
        for (String field : key) {
            int index = rows.indexOf(field);
            if (!seen.add(field)) {
                problems.add("The option key names the field " + field + " twice.");
            } else if (index < 0) {
                problems.add("The rows have no field " + field + ", which key names; they have "
                        + String.join(
                                ", ",
                                rows.columns().stream()
                                        .map(RowType.Column::name)
                                        .toList())
                        + ".");
            } else if (!(rows.columns().get(index).type() instanceof Schema.Primitive)) {
                problems.add("The field " + field + " cannot be a key: it is a "
                        + rows.columns().get(index).type() + ".");
            }
        }
    }

    @Override
    public Sink<Row> create(Options options, RowType rows) {
        return new JdbcSink(
                new JdbcSettings(
                        options.get("url", String.class),
                        new Credentials(
                                options.find("user", String.class),
                                options.find("passwordEnv", String.class),
                                options.find("passwordSecret", String.class)),
                        TableName.parse(options.get("table", String.class)),
                        TableName.parse(options.get("commitTable", String.class)),
                        strings(options),
                        rows,
                        Math.toIntExact(options.get("batchSize", Long.class)),
                        options.get("timeout", Duration.class),
                        JdbcSettings.Beyond.valueOf(
                                options.get("onCommittedBeyond", String.class).toUpperCase(Locale.ROOT))),
                System.getenv());
    }

    private static List<String> strings(Options options) {
        return ((List<?>) options.get("key", List.class))
                .stream().map(String::valueOf).toList();
    }
}
