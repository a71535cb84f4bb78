package stream.weir.connector.s3;

import java.io.IOException;
import java.nio.file.Path;
import stream.weir.api.row.Row;
import stream.weir.connector.s3.parquet.ParquetOutput;

/** Rows as Parquet. */
final class ParquetRowFile implements RowFile {
    private final Path path;
    private final ParquetOutput out;

    private ParquetRowFile(Path path, ParquetOutput out) {
        this.path = path;
        this.out = out;
    }

    static ParquetRowFile create(Path path, SinkSettings settings) throws IOException {
        return new ParquetRowFile(path, ParquetOutput.create(path, settings.rows(), settings.compression()));
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public void write(Row row) throws IOException {
        out.write(row);
    }

    @Override
    public long length() {
        return out.length();
    }

    @Override
    public void finish() throws IOException {
        out.close();
    }
}
