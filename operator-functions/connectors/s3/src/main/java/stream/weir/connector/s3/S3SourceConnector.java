package stream.weir.connector.s3;

import java.util.ArrayList;
import java.util.List;
import stream.weir.api.connector.Option;
import stream.weir.api.connector.Options;
import stream.weir.api.connector.SourceConnector;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.api.source.Source;
import stream.weir.connector.format.input.FileFormat;
import stream.weir.connector.format.input.InputOptions;
import stream.weir.connector.format.input.RecordFormat;
import stream.weir.connector.s3.parquet.ParquetFormat;
import stream.weir.connector.s3.parquet.ParquetTypes;

/** The source {@code s3} of pipeline files. */
public final class S3SourceConnector implements SourceConnector {
    private static final String PARQUET = "parquet";

    /** Called by {@link java.util.ServiceLoader}. */
    public S3SourceConnector() {}

    @Override
    public String type() {
        return "s3";
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>();
        options.add(
                Option.required(
                        "uri",
                        Option.Kind.STRING,
                        "s3://BUCKET/PREFIX: the objects below it, at any depth; parts of keys that begin with . or _ are left out."));
        options.add(Option.optional(
                "pattern",
                Option.Kind.STRING,
                "A glob for what follows the prefix, such as **/*.csv or day=*/*.parquet."));
        options.add(Option.oneOf("format", List.of("jsonl", "csv", "text", PARQUET), "How the bytes are records."));
        options.addAll(InputOptions.lines());
        options.addAll(InputOptions.files());
        options.addAll(Bucket.options());
        return options;
    }

    @Override
    public List<String> problems(Options options) {
        List<String> problems = new ArrayList<>(
                isParquet(options) ? parquetProblems(options) : InputOptions.problems(options, lineFormat(options)));
        try {
            Prefix prefix = prefix(options);
            Bucket.of(prefix.bucketUri(), options).problem().ifPresent(problems::add);
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage() + ".");
        }
        return problems;
    }

    private static List<String> parquetProblems(Options options) {
        List<String> problems = new ArrayList<>(InputOptions.fileProblems(options));
        if (!options.has("schema")) {
            problems.add("The format parquet needs a schema: the columns to read and their types.");
        } else {
            ParquetTypes.problem(options.get("schema", RowType.class)).ifPresent(problems::add);
        }
        if (options.has("nullValues") || options.has("columns")) {
            problems.add("The options nullValues and columns are for csv only.");
        }
        return problems;
    }

    @Override
    public RowType rowType(Options options) {
        return isParquet(options)
                ? options.get("schema", RowType.class)
                : InputOptions.rowType(options, lineFormat(options));
    }

    @Override
    public Source<Row> create(Options options) {
        Prefix prefix = prefix(options);
        RowType rows = rowType(options);
        RecordFormat format =
                isParquet(options) ? new ParquetFormat(rows) : InputOptions.lines(options, lineFormat(options));
        return new S3Source(
                Bucket.of(prefix.bucketUri(), options), prefix, rows, format, InputOptions.settings(options));
    }

    private static Prefix prefix(Options options) {
        return Prefix.of(options.get("uri", String.class), options.find("pattern", String.class));
    }

    private static boolean isParquet(Options options) {
        return options.get("format", String.class).equals(PARQUET);
    }

    private static FileFormat lineFormat(Options options) {
        return FileFormat.of(options.get("format", String.class));
    }
}
