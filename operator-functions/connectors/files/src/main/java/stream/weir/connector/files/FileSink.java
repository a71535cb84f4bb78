package stream.weir.connector.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.api.sink.Sink;
import stream.weir.api.sink.SinkContext;
import stream.weir.api.sink.SinkWriter;
import stream.weir.connector.format.input.FileFormat;

/** Writes rows, each exactly once, to the files of a folder that belongs to one stage of one pipeline. */
public final class FileSink implements Sink<Row> {
    private final SinkSettings settings;

    FileSink(SinkSettings settings) {
        this.settings = settings;
    }

    /** CSV files with a header line. */
    public static FileSink csv(Path folder, RowType rows) {
        return new FileSink(new SinkSettings(folder, FileFormat.CSV, rows, OptionalLong.empty()));
    }

    /** Files with a JSON object in each line. */
    public static FileSink jsonl(Path folder, RowType rows) {
        return new FileSink(new SinkSettings(folder, FileFormat.JSONL, rows, OptionalLong.empty()));
    }

    /**
     * Takes the folder for the stage and removes what earlier runs left unfinished.
     *
     * @throws UnwritableFolderException when the folder cannot be written, or belongs to another stage or pipeline
     */
    @Override
    public SinkWriter<Row> open(SinkContext context) throws Exception {
        OutputFolder folder = OutputFolder.open(settings.folder(), context);
        return new FileSinkWriter(
                settings, new FileNames(context, settings.format().spelled()), folder);
    }

    /** Files that others read; hidden ones are the sink's own. */
    @Override
    public Optional<String> leftBefore() throws IOException {
        if (!Files.isDirectory(settings.folder())) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(settings.folder())) {
            long visible = files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .count();
            return visible == 0 ? Optional.empty() : Optional.of(visible + " files in " + settings.folder());
        }
    }

    @Override
    public String toString() {
        return "files in " + settings.folder();
    }
}
