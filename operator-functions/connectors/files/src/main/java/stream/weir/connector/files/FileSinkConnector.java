package stream.weir.connector.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import stream.weir.api.connector.Option;
import stream.weir.api.connector.Options;
import stream.weir.api.connector.SinkConnector;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.api.sink.Sink;
import stream.weir.connector.format.input.FileFormat;

/** The sink {@code file} of pipeline files. */
public final class FileSinkConnector implements SinkConnector {
    /** Called by {@link java.util.ServiceLoader}. */
    public FileSinkConnector() {}

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
                        "A folder of its own; files in it whose names do not begin with . hold committed rows."),
                Option.oneOf("format", List.of("csv", "jsonl"), "How rows are written; csv has a header in each file."),
                Option.optional(
                        "maxFileSize",
                        Option.Kind.SIZE,
                        "A file of about this size is followed by another one; one file a checkpoint and replica unless told."));
    }

    @Override
    public List<String> problems(Options options, RowType rows) {
        List<String> problems = new ArrayList<>();
        options.find("maxFileSize", Long.class)
                .filter(size -> size < 1)
                .ifPresent(size ->
                        problems.add("The option maxFileSize is " + size + " bytes, but must be at least one."));
        if (rows.size() == 0) {
            problems.add("The rows have no fields: there is nothing to write.");
        }
        return problems;
    }

    @Override
    public Sink<Row> create(Options options, RowType rows) {
        return new FileSink(new SinkSettings(
                options.get("path", Path.class),
                FileFormat.of(options.get("format", String.class)),
                rows,
                options.find("maxFileSize", Long.class).map(OptionalLong::of).orElse(OptionalLong.empty())));
    }
}
