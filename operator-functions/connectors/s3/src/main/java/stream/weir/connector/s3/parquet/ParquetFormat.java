package stream.weir.connector.s3.parquet;

import java.io.IOException;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.api.source.SourceOutput;
import stream.weir.connector.format.input.RawFile;
import stream.weir.connector.format.input.RecordFile;
import stream.weir.connector.format.input.RecordFormat;
import stream.weir.connector.format.input.SplitPosition;

/**
 * Parquet files; of each the columns of {@code rows} are read. The offset of a position counts rows.
 *
 * @param rows the columns, found by name
 */
public record ParquetFormat(RowType rows) implements RecordFormat {
    @Override
    public RecordFile open(RawFile file, SplitPosition position, SourceOutput.Split<Row> out) throws IOException {
        return ParquetFile.open(file, rows, position, out);
    }
}
