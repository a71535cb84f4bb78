package stream.weir.connector.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import stream.weir.api.connector.Option;
import stream.weir.api.connector.Options;
import stream.weir.api.connector.SinkConnector;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.api.sink.Sink;
import stream.weir.connector.s3.SinkSettings.OutputFormat;
import stream.weir.connector.s3.parquet.ParquetTypes;

/** The sink {@code s3} of pipeline files. */
public final class S3SinkConnector implements SinkConnector {
    private static final long SMALLEST = 1024;
    /** Copies of more are made in parts, which is fine, but local disk has to hold them. */
    private static final long LARGEST = 64L << 30;

    /** Called by {@link java.util.ServiceLoader}. */
    public S3SinkConnector() {}

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
                        "s3://BUCKET/PREFIX, a prefix of its own; objects in it whose names do not begin with _ hold committed rows."));
        options.add(
                Option.oneOf("format", List.of("jsonl", "csv", "parquet"), "How rows are written; csv has a header."));
        options.add(Option.optional(
                "compression",
                Option.Kind.STRING,
                "none or gzip; parquet: also snappy and zstd. None unless told, for parquet zstd."));
        options.add(Option.withDefault(
                "maxFileSize",
                Option.Kind.SIZE,
                "128MiB",
                "An object of about this size is followed by another one within a checkpoint."));
        options.addAll(Bucket.options());
        return options;
    }

    @Override
    public List<String> problems(Options options, RowType rows) {
        List<String> problems = new ArrayList<>();
        long size = options.get("maxFileSize", Long.class);
        if (size < SMALLEST || size > LARGEST) {
            problems.add("The option maxFileSize is " + size + " bytes, but must be from 1KiB to 64GiB.");
        }
        if (rows.size() == 0) {
            problems.add("The rows have no fields: there is nothing to write.");
        }
        OutputFormat format = format(options);
        List<String> known =
                format == OutputFormat.PARQUET ? List.of("zstd", "snappy", "gzip", "none") : List.of("none", "gzip");
        if (!known.contains(compression(options))) {
            problems.add("The compression " + compression(options) + " is none of " + known + " of the format "
                    + options.get("format", String.class) + ".");
        }
        if (format == OutputFormat.PARQUET) {
            ParquetTypes.problem(rows).ifPresent(problems::add);
        }
        String uri = options.get("uri", String.class);
        if (!uri.startsWith("s3://")) {
            problems.add("The uri " + uri + " has to be s3://BUCKET/PREFIX.");
        } else {
            Bucket.of(uri, options).problem().ifPresent(problems::add);
        }
        return problems;
    }

    @Override
    public Sink<Row> create(Options options, RowType rows) {
        return new S3Sink(new SinkSettings(
                Bucket.of(options.get("uri", String.class), options),
                format(options),
                compression(options),
                rows,
                options.get("maxFileSize", Long.class)));
    }

    private static OutputFormat format(Options options) {
        return OutputFormat.valueOf(options.get("format", String.class).toUpperCase(Locale.ROOT));
    }

    private static String compression(Options options) {
        return options.find("compression", String.class)
                .orElse(format(options) == OutputFormat.PARQUET ? "zstd" : "none");
    }
}
