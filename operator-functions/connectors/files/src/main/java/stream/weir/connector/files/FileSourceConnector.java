package stream.weir.connector.files;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import stream.weir.api.connector.Option;
import stream.weir.api.connector.Options;
import stream.weir.api.connector.SourceConnector;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.api.source.Source;
import stream.weir.connector.format.CsvDialect;
import stream.weir.connector.format.CsvParser;
import stream.weir.connector.format.JsonLinesParser;
import stream.weir.connector.format.TextParser;

/** The source {@code file} of pipeline files. */
public final class FileSourceConnector implements SourceConnector {
    private static final long SHORTEST_LIMIT = 64;
    private static final long LONGEST_LIMIT = 512L << 20;

    /** Called by {@link java.util.ServiceLoader}. */
    public FileSourceConnector() {}

    @Override
    public String type() {
        return "file";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.required(
                        "path",
                        Option.Kind.PATH,
                        "A file, a folder (the files directly in it), or a glob such as logs/**/*.csv; names that begin with"
                                + " . or _ are left out."),
                Option.oneOf("format", List.of("csv", "jsonl", "text"), "How the bytes are records."),
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
                        "csv without header: the names of all columns in order; those of the schema unless told."),
                Option.withDefault(
                        "watch", Option.Kind.BOOL, "false", "Go on looking for new files; the source then never ends."),
                Option.withDefault(
                        "discoveryInterval", Option.Kind.DURATION, "10s", "Time between two looks for new files."),
                Option.withDefault(
                        "timeOrdered",
                        Option.Kind.BOOL,
                        "false",
                        "Files of later names hold later records: a file does not hold the watermark back before it is"
                                + " begun."));
    }

    @Override
    public List<String> problems(Options options) {
        List<String> problems = new ArrayList<>();
        FileFormat format = format(options);
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
        if (!options.get("discoveryInterval", Duration.class).isPositive()) {
            problems.add("The option discoveryInterval must be longer than nothing.");
        }
        if (problems.isEmpty()) {
            settingsProblem(options).ifPresent(problems::add);
        }
        return problems;
    }

    /** What only shows when the parts are made. */
    private Optional<String> settingsProblem(Options options) {
        try {
            SourceSettings settings = settings(options);
            switch (settings.format()) {
                case CSV -> {
                    List<String> columns = settings.headed() ? names(settings.rows()) : settings.columns();
                    var unused = CsvParser.of(settings.rows(), settings.csv(), columns);
                }
                case JSONL -> {
                    var unused = JsonLinesParser.of(settings.rows());
                }
                case TEXT -> {}
            }
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage() + ".");
        }
    }

    @Override
    public RowType rowType(Options options) {
        return format(options) == FileFormat.TEXT ? TextParser.ROWS : options.get("schema", RowType.class);
    }

    @Override
    public Source<Row> create(Options options) {
        return new FileSource(settings(options));
    }

    private SourceSettings settings(Options options) {
        RowType rows = rowType(options);
        return new SourceSettings(
                options.get("path", Path.class),
                format(options),
                Compression.valueOf(options.get("compression", String.class).toUpperCase(Locale.ROOT)),
                rows,
                new CsvDialect(delimiter(options), nullValues(options)),
                columns(options, rows),
                Math.toIntExact(options.get("maxLineLength", Long.class)),
                options.get("timeOrdered", Boolean.class) ? SourceSettings.Order.BY_TIME : SourceSettings.Order.ANY,
                Optional.of(options.get("discoveryInterval", Duration.class))
                        .filter(interval -> options.get("watch", Boolean.class)));
    }

    private static FileFormat format(Options options) {
        return FileFormat.of(options.get("format", String.class));
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
    private static List<String> columns(Options options, RowType rows) {
        if (format(options) != FileFormat.CSV || options.get("header", Boolean.class)) {
            return List.of();
        }
        return options.find("columns", List.class).orElse(names(rows));
    }

    private static List<String> names(RowType rows) {
        return rows.columns().stream().map(RowType.Column::name).toList();
    }
}
