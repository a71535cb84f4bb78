package stream.weir.connector.s3;

import java.io.IOException;
import java.nio.file.Path;
import stream.weir.api.row.RowType;

/**
 * What a sink writes, and how.
 *
 * @param compression {@code none} or {@code gzip}; for Parquet also {@code snappy} and {@code zstd}
 * @param maxFileSize bytes after which an object is followed by another one within a checkpoint, about
 */
record SinkSettings(Bucket bucket, OutputFormat format, String compression, RowType rows, long maxFileSize) {
    /** What objects are made of. */
    enum OutputFormat {
        JSONL,
        CSV,
        PARQUET
    }

    /** How names end. */
    String ending() {
        return switch (format) {
            case JSONL -> compression.equals("gzip") ? "jsonl.gz" : "jsonl";
            case CSV -> compression.equals("gzip") ? "csv.gz" : "csv";
            case PARQUET -> "parquet";
        };
    }

    RowFile create(Path path) throws IOException {
        return format == OutputFormat.PARQUET ? ParquetRowFile.create(path, this) : LineRowFile.create(path, this);
    }
}
