package stream.weir.connector.files;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import stream.weir.api.row.RowType;
import stream.weir.connector.format.CsvDialect;

/**
 * What a file source reads, and how.
 *
 * @param path a file, a folder, or a glob
 * @param csv for CSV only
 * @param columns names of the columns where files have no header; empty where the first line tells them
 * @param maxLineLength most bytes of a record, its line end included
 * @param discovery time between two looks for new files; empty where the source ends with the files that are there
 */
record SourceSettings(
        Path path,
        FileFormat format,
        Compression compression,
        RowType rows,
        CsvDialect csv,
        List<String> columns,
        int maxLineLength,
        Order order,
        Optional<Duration> discovery) {
    /** What the order of the files' names says about the times of their records. */
    enum Order {
        /** Nothing: a file not begun yet holds the watermark back. */
        ANY,
        /** Files of later names hold later records: a file holds the watermark back from when it is begun. */
        BY_TIME
    }

    static final int DEFAULT_LINE_LENGTH = 1 << 20;

    static SourceSettings of(Path path, FileFormat format, RowType rows) {
        return new SourceSettings(
                path,
                format,
                Compression.AUTO,
                rows,
                CsvDialect.STANDARD,
                List.of(),
                DEFAULT_LINE_LENGTH,
                Order.ANY,
                Optional.empty());
    }

    /** Whether the first line of a file names its columns. */
    boolean headed() {
        return format == FileFormat.CSV && columns.isEmpty();
    }

    SourceSettings with(CsvDialect dialect) {
        return new SourceSettings(path, format, compression, rows, dialect, columns, maxLineLength, order, discovery);
    }

    SourceSettings withColumns(List<String> names) {
        return new SourceSettings(
                path, format, compression, rows, csv, List.copyOf(names), maxLineLength, order, discovery);
    }

    SourceSettings with(Compression kind, int longestLine) {
        return new SourceSettings(path, format, kind, rows, csv, columns, longestLine, order, discovery);
    }

    SourceSettings with(Order names, Optional<Duration> interval) {
        return new SourceSettings(path, format, compression, rows, csv, columns, maxLineLength, names, interval);
    }
}
