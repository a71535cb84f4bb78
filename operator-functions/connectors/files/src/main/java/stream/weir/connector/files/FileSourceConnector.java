package stream.weir.connector.files;

import java.nio.file.Path;
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

/** The source {@code file} of pipeline files. */
public final class FileSourceConnector implements SourceConnector {
    /** Called by {@link java.util.ServiceLoader}. */
    public FileSourceConnector() {}

    @Override
    public String type() {
        return "file";
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>();
        options.add(Option.required(
                "path",
                Option.Kind.PATH,
                "A file, a folder (the files directly in it), or a glob such as logs/**/*.csv; names that begin with"
                        + " . or _ are left out."));
        options.add(Option.oneOf("format", List.of("csv", "jsonl", "text"), "How the bytes are records."));
        options.addAll(InputOptions.lines());
        options.addAll(InputOptions.files());
        return options;
    }

    @Override
    public List<String> problems(Options options) {
        return InputOptions.problems(options, format(options));
    }

    @Override
    public RowType rowType(Options options) {
        return InputOptions.rowType(options, format(options));
    }

    @Override
    public Source<Row> create(Options options) {
        return new FileSource(
                options.get("path", Path.class),
                InputOptions.lines(options, format(options)),
                InputOptions.settings(options));
    }

    private static FileFormat format(Options options) {
        return FileFormat.of(options.get("format", String.class));
    }
}
