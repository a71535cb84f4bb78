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

/**
 * Reads a file, the files of a folder, or those that a glob such as {@code logs/**}{@code /*.csv.gz} matches; names that begin
 * with {@code .} or {@code _} are left out. Files that end in {@code .gz} are decompressed.
 */
public final class FileSource implements Source<Row> {
    private final SourceSettings settings;

    FileSource(SourceSettings settings) {
        this.settings = settings;
    }

    /** CSV with a header line, commas, empty for null; of each record the fields of {@code rows} are read. */
    public static FileSource csv(Path path, RowType rows) {
        return new FileSource(SourceSettings.of(path, FileFormat.CSV, rows));
    }

    /** A JSON object in each line. */
    public static FileSource jsonl(Path path, RowType rows) {
        return new FileSource(SourceSettings.of(path, FileFormat.JSONL, rows));
    }

    /** Lines as rows of one string, {@code line}. */
    public static FileSource text(Path path) {
        return new FileSource(SourceSettings.of(path, FileFormat.TEXT, TextParser.ROWS));
    }

    /** This source with another spelling of CSV. */
    public FileSource dialect(CsvDialect dialect) {
        return new FileSource(settings.with(dialect));
    }

    /** This source for CSV files without a header line. */
    public FileSource columns(List<String> names) {
        return new FileSource(settings.withColumns(names));
    }

    /** This source without an end: it looks for new files again and again. */
    public FileSource watching(Duration interval) {
        return new FileSource(settings.with(settings.order(), Optional.of(interval)));
    }

    @Override
    public Codec<Row> codec() {
        return RowCodec.of(settings.rows());
    }

    /**
     * @throws UnreadableFileException when there is nothing to read, or files are not what a checkpoint remembers
     */
    @Override
    public SourceReader<Row> open(SourceContext context) throws Exception {
        return FileSourceReader.open(settings, context);
    }

    @Override
    public String toString() {
        return "files " + settings.path();
    }
}
