package stream.weir.connector.format.input;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import stream.weir.api.connector.Option;
import stream.weir.api.connector.Options;
import stream.weir.api.row.RowType;
import stream.weir.connector.format.CsvDialect;
import stream.weir.connector.format.CsvParser;
import stream.weir.connector.format.JsonLinesParser;
import stream.weir.connector.format.TextParser;
import stream.weir.connector.format.input.InputSettings.Order;
import stream.weir.connector.format.input.InputSettings.Watch;

/** The options of pipeline files that all sources of files have. */
public final class InputOptions {
    private static final long SHORTEST_LIMIT = 64;
    private static final long LONGEST_LIMIT = 512L << 20;

    private InputOptions() {}

    /** What lines are made of. */
    public static List<Option> lines() {
        return List.of(
                Option.optional(
                        "schema",
                        Option.Kind.SCHEMA,
                        "The fields to read and their types; for csv and jsonl. Text has one field, line."),
                Option.oneOf(
                        "compression", List.of("auto", "gzip", "none"), "auto takes files that end in .gz for gzip."),
                Option.withDefault(
                        "maxLineLength", Option.Kind.SIZE, "1MiB", "Longest record; a longer one is malformed."),
                Option.optional(
                        "nullValues",
                        Option.Kind.STRING_LIST,
                        "csv: what stands for null; the empty field unless told. A string in quotes is never null."),
                Option.withDefault("delimiter", Option.Kind.STRING, ",", "csv: what separates fields; \\t is a tab."),
                Option.withDefault(
                        "header",
                        Option.Kind.BOOL,
                        "true",
                        "csv: whether the first line of each file names the columns."),
                Option.optional(
                        "columns",
                        Option.Kind.STRING_LIST,
                        "csv without header: the names of all columns in order; those of the schema unless told."));
    }

    /** Which files are read, and when. */
    public static List<Option> files() {
        return List.of(
                Option.withDefault(
                        "watch", Option.Kind.BOOL, "false", "Go on looking for new files; the source then never ends."),
                Option.withDefault(
                        "discoveryInterval", Option.Kind.DURATION, "10s", "Time between two looks for new files."),
                Option.withDefault(
                        "remember",
                        Option.Kind.DURATION,
                        "7d",
                        "watch: how much older than the newest file one may be that is found, by time of modification; an"
                                + " older one is malformed."),
                Option.withDefault(
                        "timeOrdered",
                        Option.Kind.BOOL,
                        "false",
                        "Files of later names hold later records: a file does not hold the watermark back before it is"
                                + " begun."));
    }

    /** @param format the value of the option {@code format} */
    public static List<String> problems(Options options, FileFormat format) {
        List<String> problems = new ArrayList<>(fileProblems(options));
        boolean csv = format == FileFormat.CSV;
        if (format == FileFormat.TEXT && options.has("schema")) {
            problems.add("Text has one field, line, a string: leave schema out, or set format.");
        }
        if (format != FileFormat.TEXT && !options.has("schema")) {
            problems.add("The format " + format.spelled() + " needs a schema: the fields to read and their types.");
        }
        if (!csv && (options.has("nullValues") || options.has("columns"))) {
            problems.add("The options nullValues and columns are for csv only.");
        }
        if (csv && options.has("columns") && options.get("header", Boolean.class)) {
            problems.add("The option columns is for files without a header line: set header: false, or leave it out.");
        }
        long limit = options.get("maxLineLength", Long.class);
        if (limit < SHORTEST_LIMIT || limit > LONGEST_LIMIT) {
            problems.add("The option maxLineLength is " + limit + " bytes, but must be from 64 bytes to 512MiB.");
        }
        if (problems.isEmpty()) {
            formatProblem(options, format).ifPresent(problems::add);
        }
        return problems;
    }

    public static List<String> fileProblems(Options options) {
        List<String> problems = new ArrayList<>();
        for (String name : List.of("discoveryInterval", "remember")) {
            if (!options.get(name, Duration.class).isPositive()) {
                problems.add("The option " + name + " must be longer than nothing.");
            }
        }
        return problems;
    }

    /** What only shows when the parts are made. */
    private static Optional<String> formatProblem(Options options, FileFormat format) {
        try {
            LineFormat lines = lines(options, format);
            switch (format) {
                case CSV -> {
                    List<String> columns = lines.headed() ? names(lines.rows()) : lines.columns();
                    var unused = CsvParser.of(lines.rows(), lines.csv(), columns);
                }
                case JSONL -> {
                    var unused = JsonLinesParser.of(lines.rows());
                }
                case TEXT -> {}
            }
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage() + ".");
        }
    }

    public static RowType rowType(Options options, FileFormat format) {
        return format == FileFormat.TEXT ? TextParser.ROWS : options.get("schema", RowType.class);
    }

    /** Options without problems as what they mean. */
    public static LineFormat lines(Options options, FileFormat format) {
        RowType rows = rowType(options, format);
        return new LineFormat(
                format,
                Compression.valueOf(options.get("compression", String.class).toUpperCase(Locale.ROOT)),
                rows,
                new CsvDialect(delimiter(options), nullValues(options)),
                columns(options, format, rows),
                Math.toIntExact(options.get("maxLineLength", Long.class)));
    }

    public static InputSettings settings(Options options) {
        Watch watch =
                new Watch(options.get("discoveryInterval", Duration.class), options.get("remember", Duration.class));
        return new InputSettings(
                options.get("timeOrdered", Boolean.class) ? Order.BY_TIME : Order.ANY,
                options.get("watch", Boolean.class) ? Optional.of(watch) : Optional.empty());
    }

    private static char delimiter(Options options) {
        String spelled = options.get("delimiter", String.class);
        if (spelled.equals("\\t")) {
            return '\t';
        }
        if (spelled.length() != 1) {
            throw new IllegalArgumentException("the delimiter must be one character, not \"" + spelled + "\"");
        }
        return spelled.charAt(0);
    }

    @SuppressWarnings("unchecked") // of kind STRING_LIST
    private static List<String> nullValues(Options options) {
        return options.find("nullValues", List.class).orElse(List.of(""));
    }

    @SuppressWarnings("unchecked") // of kind STRING_LIST
    private static List<String> columns(Options options, FileFormat format, RowType rows) {
        if (format != FileFormat.CSV || options.get("header", Boolean.class)) {
            return List.of();
        }
        return options.find("columns", List.class).orElse(names(rows));
    }

    private static List<String> names(RowType rows) {
        return rows.columns().stream().map(RowType.Column::name).toList();
    }
}
