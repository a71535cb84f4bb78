package stream.weir.connector.format;

import stream.weir.api.codec.ByteWriter;
import stream.weir.api.row.Row;

/** Rows of one type as bytes. Stateless. */
public interface RowPrinter {
    /** What comes before the first row of a file; nothing in formats without a header. */
    void header(ByteWriter out);

    /** One row with its line end. */
    void row(Row row, ByteWriter out);
}
