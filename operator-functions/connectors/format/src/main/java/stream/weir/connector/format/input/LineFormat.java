package stream.weir.connector.format.input;

import java.io.IOException;
import java.util.List;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.api.source.SourceOutput;
import stream.weir.connector.format.CsvDialect;

/**
 * Files of lines.
 *
 * @param csv for CSV only
 * @param columns names of the columns where files have no header; empty where the first line tells them
 * @param maxLineLength most bytes of a record, its line end included
 */
public record LineFormat(
        FileFormat format,
        Compression compression,
        RowType rows,
        CsvDialect csv,
        List<String> columns,
        int maxLineLength)
        implements RecordFormat {
    static final int DEFAULT_LINE_LENGTH = 1 << 20;

    public static LineFormat of(FileFormat format, RowType rows) {
        return new LineFormat(format, Compression.AUTO, rows, CsvDialect.STANDARD, List.of(), DEFAULT_LINE_LENGTH);
    }

    /** Whether the first line of a file names its columns. */
    public boolean headed() {
        return format == FileFormat.CSV && columns.isEmpty();
    }

    public LineFormat with(CsvDialect dialect) {
        return new LineFormat(format, compression, rows, dialect, columns, maxLineLength);
    }

    public LineFormat withColumns(List<String> names) {
        return new LineFormat(format, compression, rows, csv, List.copyOf(names), maxLineLength);
    }

    public LineFormat with(Compression kind, int longestLine) {
        return new LineFormat(format, kind, rows, csv, columns, longestLine);
    }

    @Override
    public RecordFile open(RawFile file, SplitPosition position, SourceOutput.Split<Row> out) throws IOException {
        return LineReader.open(file, this, position, out);
    }
}
