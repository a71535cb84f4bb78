package stream.weir.connector.files;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import stream.weir.api.codec.Codec;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowCodec;
import stream.weir.api.row.RowType;
import stream.weir.api.source.Source;
import stream.weir.api.source.SourceContext;
import stream.weir.api.source.SourceReader;
import stream.weir.connector.format.CsvDialect;
import stream.weir.connector.format.TextParser;
import stream.weir.connector.format.input.FileFormat;
import stream.weir.connector.format.input.FilesReader;
import stream.weir.connector.format.input.InputSettings;
import stream.weir.connector.format.input.InputSettings.Watch;
import stream.weir.connector.format.input.LineFormat;
import stream.weir.connector.format.input.UnreadableFileException;

/**
 * Reads a file, the files of a folder, or those that a glob such as {@code logs/**}{@code /*.csv.gz} matches; names that begin
 * with {@code .} or {@code _} are left out. Files that end in {@code .gz} are decompressed.
 */
public final class FileSource implements Source<Row> {
    private final Path path;
    private final LineFormat format;
    private final InputSettings settings;

    FileSource(Path path, LineFormat format, InputSettings settings) {
        this.path = path;
        this.format = format;
        this.settings = settings;
    }

    /** CSV with a header line, commas, empty for null; of each record the fields of {@code rows} are read. */
    public static FileSource csv(Path path, RowType rows) {
        return new FileSource(path, LineFormat.of(FileFormat.CSV, rows), InputSettings.ONCE);
    }

    /** A JSON object in each line. */
    public static FileSource jsonl(Path path, RowType rows) {
        return new FileSource(path, LineFormat.of(FileFormat.JSONL, rows), InputSettings.ONCE);
    }

    /** Lines as rows of one string, {@code line}. */
    public static FileSource text(Path path) {
        return new FileSource(path, LineFormat.of(FileFormat.TEXT, TextParser.ROWS), InputSettings.ONCE);
    }

    /** This source with another spelling of CSV. */
    public FileSource dialect(CsvDialect dialect) {
        return new FileSource(path, format.with(dialect), settings);
    }

    /** This source for CSV files without a header line. */
    public FileSource columns(List<String> names) {
        return new FileSource(path, format.withColumns(names), settings);
    }

    /** This source without an end: it looks for new files again and again. */
    public FileSource watching(Duration interval) {
        return new FileSource(
                path, format, new InputSettings(settings.order(), Optional.of(new Watch(interval, Watch.REMEMBER))));
    }

    @Override
    public Codec<Row> codec() {
        return RowCodec.of(format.rows());
    }

    /**
     * @throws UnreadableFileException when there is nothing to read, or files are not what a checkpoint remembers
     */
    @Override
    public SourceReader<Row> open(SourceContext context) throws Exception {
        return FilesReader.open(new FilesReader.Place(Discovery.of(path), format, settings, Runnable::run), context);
    }

    @Override
    public String toString() {
        return "files " + path;
    }
}
